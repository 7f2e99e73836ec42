"""What has to be right on any day, on several: run by scripts/test-days, with the program's clock set to each of them."""
import datetime
import unittest

import test_body_link
import test_calendar
import test_desk
import test_onboarding


def days():
    """Days on which something could be different, by what is special about them; the next ones of their kind."""
    today = datetime.date.today()

    def following(fits):
        day = today + datetime.timedelta(days=1)
        while not fits(day):
            day += datetime.timedelta(days=1)
        return day

    return {
        "weekend": following(lambda day: day.weekday() == 5),
        # Independence Day; no act moves it.
        "holiday": following(lambda day: (day.month, day.day) == (12, 16)),
        "the_1st": following(lambda day: day.day == 1),
        "the_5th": following(lambda day: day.day == 5),
        "last_of_month": following(lambda day: (day + datetime.timedelta(days=1)).day == 1 and day.month != 12),
        "29_february": following(lambda day: (day.month, day.day) == (2, 29)),
        "31_december": following(lambda day: (day.month, day.day) == (12, 31)),
        "a_year_later": today + datetime.timedelta(days=365),
    }


class Day(test_body_link.BodyLinkTest, test_desk.DeskTest, test_calendar.CalendarTest, test_onboarding.OnboardingTest):
    """One centre for a day: a body answers by its link, every number opens its list, a plan goes its way, a day is moved."""

    # What its parts test of themselves on any day is not repeated here.
    test_the_sheet_for_a_caller_is_one_page = None
    test_what_is_printed_keeps_its_tables = None
    test_a_link_that_opens_nothing_says_so_plainly = None
    width, height = 1280, 900

    def test_something_stands_at_every_step(self):
        self.sign_in()
        for state in ("planned", "sent", "sendingFailed", "received", "appointed", "submitted", "returned", "entered",
                      "trained", "accepted", "live", "cancelled"):
            self.open(f"/requests?state={state}")
            self.assertGreater(self.counted(), 0, state)
        for path in ("/clocks?list=overdue", "/complaints?status=open", "/complaints?status=overdue", "/letters",
                     "/requests/drafts", "/plan", "/statistics", "/calendar"):
            self.open(path)
            self.assertGreater(len(self.all("main table tbody tr, main .plan-month, main .ledger li")), 0, path)
        self.assertQuiet()


def load_tests(loader, _, __):
    """A class for each day; the parts that are imported above are not run by themselves."""
    suite = unittest.TestSuite()
    for name, day in days().items():
        suite.addTests(loader.loadTestsFromTestCase(type(f"{name}_{day}", (Day,), {"today": day})))
    return suite


if __name__ == "__main__":
    unittest.main()
