"""The complaints officer's list: who has what, one act for several rows, views that are kept; also narrow, dark, without scripts."""
import json
import os
import unittest

import centre
from selenium.webdriver.support.ui import Select


class ListTest(centre.Test):
    """Complaints of one central body, filed now, and a second officer."""

    @classmethod
    def prepare(cls):
        cls.centre.run("accounts", "add", "asel", "--name", "Әсел Тестова", "--role", "complaintsOfficer")
        path = os.path.join(cls.centre.folder, "complaint.json")
        cls.numbers = []
        for turn in range(6):
            with open(path, "w") as file:
                json.dump({"channel": "letter", "kind": "employees", "body": "MNE", "subject": f"Сынақ {turn}"}, file)
            cls.numbers.append(json.loads(cls.centre.run("complaints", "register", path))["number"])

    def shown(self):
        return [link.text for link in self.all("table.data tbody th a.whole")]

    def tick(self, number):
        self.find(f"input.row-box[value^='{number}']").click()

    def act(self, name):
        self.send(self.find(f"#bulk-form button[value={name}]"))


class HandsTest(ListTest):
    def test_an_officer_takes_a_complaint_finds_it_among_his_and_hands_it_over(self):
        self.sign_in()
        number = self.numbers[0]
        self.open(f"/complaints/{number}")
        self.assertAccessible()
        self.send(self.find("form[action$='/steps/take'] button"))
        self.find(".alert.is-success")
        self.open("/complaints")
        Select(self.find("#field-assignee")).select_by_value("me")
        self.send(self.find(".choice-bar button[type=submit]"))
        self.assertEqual(self.shown(), [number])
        self.assertAccessible()
        self.send(self.find("table.data tbody th a.whole"))
        self.find("#step-handOver summary").click()
        Select(self.find("#field-handOver-to")).select_by_visible_text("Әсел Тестова")
        self.send(self.find("#step-handOver button[type=submit]"))
        self.assertIn("Әсел Тестова", self.find("main").text)
        self.open("/complaints?assignee=me")
        self.assertEqual(self.shown(), [])
        for language in ("kk", "ru", "en"):
            self.language(language)
            self.open(f"/complaints/{number}")
            self.assertAccessible(language)
        self.assertQuiet()

    def test_several_are_extended_for_one_reason_and_the_one_that_cannot_be_is_told(self):
        self.sign_in()
        self.open("/complaints?status=open&body=MNE")
        for number in self.numbers[1:4]:
            self.tick(number)
        # It ends while the officer looks at the list.
        self.centre.run("complaints", "withdraw", self.numbers[2])
        self.act("extend")
        self.find("#field-extend-days").send_keys("5")
        self.find("#field-extend-reason").send_keys("Сарапшының пікірі күтіледі")
        self.assertAccessible()
        self.send(self.find("#asked ~ form button[type=submit]"))
        outcomes = {
            row.find_element("css selector", "th a").text: row.find_element("css selector", ".badge").get_attribute("class")
            for row in self.all("table.data tbody tr")}
        self.assertEqual(set(outcomes), set(self.numbers[1:4]))
        for number, badge in outcomes.items():
            self.assertIn("is-missed" if number == self.numbers[2] else "is-met", badge, number)
        self.assertAccessible()
        # The way back leads to the list as it was chosen.
        self.send(self.find("main p > a.button"))
        self.assertIn("status=open", self.browser.current_url)
        self.assertIn("body=MNE", self.browser.current_url)
        self.assertNotIn(self.numbers[2], self.shown())
        self.assertQuiet()

    def test_rows_are_taken_together_with_and_without_a_script(self):
        self.sign_in()
        self.open("/complaints?status=open&body=MNE&assignee=none")
        rows = self.all("input.row-box")
        self.find("#bulk-all").click()
        self.assertTrue(all(row.is_selected() for row in rows))
        rows[0].click()
        self.assertFalse(self.find("#bulk-all").is_selected())
        self.find("#bulk-all").click()
        self.find("#bulk-all").click()
        self.assertFalse(any(row.is_selected() for row in rows))
        self.browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
        self.open("/complaints?status=open&body=MNE")
        self.assertFalse(self.find("#bulk-all").is_displayed())
        for number in self.numbers[4:6]:
            self.tick(number)
        self.act("take")
        self.assertEqual(len(self.all("td .badge.is-met")), 2)
        self.open("/complaints?assignee=me&body=MNE")
        self.assertTrue(set(self.numbers[4:6]) <= set(self.shown()))
        self.browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


class ViewTest(ListTest):
    def test_a_view_is_kept_used_after_back_and_forgotten(self):
        self.sign_in()
        self.open("/complaints?status=open&body=MNE")
        before = self.shown()
        self.find(".view-tools summary").click()
        self.find("#field-view").send_keys("МНЭ <ашық>")
        self.assertAccessible()
        self.send(self.find(".view-forms .button.is-primary"))
        self.assertEqual([link.text for link in self.all("a.view-link[aria-current]")], ["МНЭ <ашық>"])
        self.open("/complaints")
        self.assertFalse(self.all("a.view-link[aria-current]"))
        self.send(self.find("a.view-link"))
        self.assertEqual(self.shown(), before)
        self.send(self.find("table.data tbody th a.whole"))
        self.browser.back()
        self.wait(lambda: self.shown() == before)
        self.assertEqual([link.text for link in self.all("a.view-link[aria-current]")], ["МНЭ <ашық>"])
        self.send(self.find("a.view-link"))
        self.assertEqual(self.shown(), before)
        self.find(".view-tools summary").click()
        self.send(self.find(".view-forms .button.is-quiet"))
        self.assertFalse(self.all("a.view-link"))
        self.assertEqual(self.shown(), before)
        self.assertQuiet()


class NarrowDarkListTest(ListTest):
    width, height, dark = 390, 844, True

    def test_rows_buttons_and_views_fit_a_telephone_in_the_dark(self):
        self.sign_in()
        for language in ("kk", "ru", "en"):
            self.open("/complaints?status=open&body=MNE")
            self.language(language)
            self.find(".view-tools summary").click()
            self.assertAccessible(language)
            self.tick(self.numbers[0])
            self.act("transfer")
            self.assertAccessible(language)
        self.open("/complaints?status=open&body=MNE")
        self.tick(self.numbers[0])
        self.tick(self.numbers[1])
        self.act("remind")
        self.assertAccessible()


if __name__ == "__main__":
    unittest.main()
