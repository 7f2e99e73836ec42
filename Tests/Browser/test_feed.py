"""The feed of deadlines as other programs read it: RFC 5545, stable, without people, gone once it is revoked."""
import datetime
import unittest
import urllib.error
import urllib.request

import icalendar

import centre
from selenium.webdriver.common.by import By


class FeedTest(centre.Test):
    def fetch(self, address):
        """The bytes and the headers of an address; no session goes with it, as with any calendar program."""
        with urllib.request.urlopen(address, timeout=30) as answer:
            return answer.read(), answer.headers

    def status(self, address):
        try:
            with urllib.request.urlopen(address, timeout=30) as answer:
                return answer.status
        except urllib.error.HTTPError as error:
            return error.code

    def press(self, do):
        self.open("/account/calendar")
        self.send(self.find(f"form[action='/account/calendar'] button[value={do}]"))

    def make(self):
        self.press("make")
        return self.find("input[readonly]").get_attribute("value")

    def test_feed(self):
        self.sign_in()
        address = self.make()
        raw, headers = self.fetch(address)
        self.assertEqual(headers["Content-Type"], "text/calendar; charset=utf-8")
        self.assertIn("noindex", headers["X-Robots-Tag"])

        # The form: lines of at most 75 octets ended by CRLF, none of them cut within a character.
        self.assertTrue(raw.endswith(b"END:VCALENDAR\r\n"))
        self.assertEqual(raw.count(b"\n"), raw.count(b"\r\n"))
        for line in raw.split(b"\r\n"):
            self.assertLessEqual(len(line), 75)
            line.decode("utf-8")

        # The content, read by a program that is not ours.
        calendar = icalendar.Calendar.from_ical(raw)
        self.assertEqual(calendar["VERSION"], "2.0")
        self.assertTrue(calendar["PRODID"])
        events = calendar.walk("VEVENT")
        self.assertGreater(len(events), 3)
        self.assertEqual(len({str(event["UID"]) for event in events}), len(events))
        for event in events:
            self.assertEqual(event.errors, [])
            day, end = event.decoded("DTSTART"), event.decoded("DTEND")
            self.assertIs(type(day), datetime.date)
            self.assertEqual(end - day, datetime.timedelta(days=1))
            stamp = event.decoded("DTSTAMP")
            self.assertEqual(stamp.utcoffset(), datetime.timedelta(0))
            duty, *about = str(event["SUMMARY"]).split(" · ")
            self.assertIn(" / ", duty, "both languages")
            # Whom it is about, and where it is done: sixteen events of one name tell nothing.
            self.assertTrue(about, duty)
            self.assertTrue(str(event["URL"]).startswith(self.centre.address + "/"), event["URL"])
            # Neither people nor their telephones; an address only in the identity.
            words = str(event["SUMMARY"]) + str(event["DESCRIPTION"])
            self.assertNotIn("@", words)
            self.assertNotIn("+7", words)

        # The same deadlines bear the same identities at every reading, so that a moved one moves.
        again = icalendar.Calendar.from_ical(self.fetch(address)[0])
        self.assertEqual([str(event["UID"]) for event in events], [str(event["UID"]) for event in again.walk("VEVENT")])

        # A new address ends the old one; a revoked one opens nothing.
        second = self.make()
        self.assertEqual(self.status(address), 404)
        self.assertEqual(self.status(second), 200)
        self.press("revoke")
        self.assertIn(self.status(second), (404, 410))
        self.open("/account/calendar")
        self.assertEqual(self.browser.find_elements(By.CSS_SELECTOR, "button[value=revoke]"), [])
        self.assertAccessible()


if __name__ == "__main__":
    unittest.main()
