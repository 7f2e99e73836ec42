"""The bodies' reports on internal control: from the board to a form that goes back, a discrepancy, its causes, its explanation."""
import os
import re
import unittest
from urllib.parse import urlsplit

import centre
from selenium.webdriver.support.ui import Select


class DiscrepancyTest(centre.Test):
    def filed(self):
        """The board of the quarter for which the bodies of the demonstration filed; a later one may be over already."""
        self.open("/internal-control/discrepancies")
        links = [a.get_attribute("href") for a in self.all("table.data tbody th a")]
        period = next(found.group(1) for link in links if (found := re.search("78-1mk_([^_]+)_", link)))
        return "/internal-control?form=78-1mk&period=" + period

    def board(self):
        """The state and the address of each filing on the board."""
        self.open(self.filed())
        return [(row.find_element("css selector", "td").text, urlsplit(
            row.find_element("css selector", "th a").get_attribute("href")).path) for row in self.all("table.data tbody tr")]

    def file(self, name):
        return os.path.join(self.centre.folder, name)


class OfficerTest(DiscrepancyTest):
    def test_each_filter_of_the_board_and_of_the_list_works_alone_and_empty(self):
        self.sign_in()
        self.open("/reports")
        self.send(self.find("a[href='/internal-control']"))
        self.assertAccessible()
        filed = self.filed()
        self.open(filed)
        whole = len(self.all("table.data tbody tr"))
        for name, value in (("form", "78-2mk"), ("state", "taken"), ("state", "missing")):
            self.open(filed)
            Select(self.find(f"#field-{name}")).select_by_value(value)
            self.send(self.find(".choice-bar button[type=submit]"))
            self.assertIn(f"{name}={value}", self.browser.current_url)
            self.assertTrue(self.all("table.data tbody tr"))
        self.assertLess(len(self.all("table.data tbody tr")), whole)
        self.open("/internal-control/discrepancies")
        self.send(self.find(".choice-bar button[type=submit]"))
        everything = len(self.all("table.data tbody tr"))
        self.assertEqual(everything, 2)
        self.find("#field-open").click()
        self.send(self.find(".choice-bar button[type=submit]"))
        self.assertEqual(len(self.all("table.data tbody tr")), everything)
        self.find("#field-body").send_keys("NOBODY")
        self.send(self.find(".choice-bar button[type=submit]"))
        self.assertFalse(self.all("table.data tbody tr"))
        self.assertAccessible()
        self.assertQuiet()

    def test_a_form_that_came_back_is_shown_with_its_faults_and_a_mended_one_is_taken(self):
        self.sign_in()
        path = next(path for state, path in self.board() if "озвращен" in state or "айтарылды" in state or "eturned" in state)
        self.open(path)
        self.assertAccessible()
        self.assertIn("F91", self.find("[aria-labelledby=findings]").text)
        # Nothing chosen: the browser keeps the form.
        self.find("#step-take button[type=submit]").click()
        self.assertEqual(self.browser.current_url, self.centre.address + path)
        # A text that is no form comes back too, with the reason.
        with open(self.file("letter.txt"), "w") as letter:
            letter.write("Сәлеметсіз бе!\n")
        self.find("#field-take-document").send_keys(self.file("letter.txt"))
        self.send(self.find("#step-take button[type=submit]"))
        self.assertTrue(self.find("[aria-labelledby=findings] .alert.is-danger"))
        # The body's own file, with the sum put right.
        link = next(a for a in self.all("[aria-labelledby=history] .entry-links a"))
        text = self.browser.execute_async_script(
            "const done = arguments[1]; fetch(arguments[0]).then(r => r.text()).then(done)", link.get_attribute("href"))
        lines = text.split("\r\n")
        row = next(i for i, line in enumerate(lines) if line.startswith("16;"))
        cells = lines[row].split(";")
        cells[-1] = str(sum(int(cell) for cell in cells[-4:-1]))
        lines[row] = ";".join(cells)
        with open(self.file("mended.csv"), "w", newline="") as mended:
            mended.write("\r\n".join(lines))
        self.find("#field-take-document").send_keys(self.file("mended.csv"))
        self.send(self.find("#step-take button[type=submit]"))
        self.assertTrue(self.find("[aria-labelledby=findings] .alert.is-success"))
        self.assertTrue(self.find("[aria-labelledby=comparison]"))
        self.assertAccessible()
        self.browser.back()
        self.browser.refresh()
        self.assertTrue(self.find("[aria-labelledby=findings] .alert.is-success"))
        self.assertQuiet()

    def test_a_discrepancy_gets_its_cause_and_its_explanation_leaves(self):
        self.sign_in()
        self.open("/internal-control/discrepancies")
        self.send(self.find("table.data tbody th a"))
        path = urlsplit(self.browser.current_url).path
        self.assertAccessible()
        # A proposal fills the form; one unit of two is confirmed first.
        self.send(self.find("[aria-labelledby=causes] a[href*='cause=']"))
        self.assertTrue(self.find("#field-confirm-text"))
        units = self.find("#field-confirm-units")
        units.clear()
        units.send_keys("1")
        self.find("#field-confirm-complaints").clear()
        # Without what settles it the browser keeps the form.
        self.find("#step-confirm button[type=submit]").click()
        self.assertIn("cause=", self.browser.current_url)
        self.find("#field-confirm-text").send_keys("Журнал органа, запись от последнего дня")
        self.send(self.find("#step-confirm button[type=submit]"))
        self.assertIn("1 / 2", self.find(".facts").text)
        # Taken back, and confirmed as a whole.
        self.find("[aria-labelledby=causes] details summary").click()
        self.find("[aria-labelledby=causes] details input[type=text]").send_keys("не та жалоба")
        self.send(self.find("[aria-labelledby=causes] details button[type=submit]"))
        self.assertIn("2 / 2", self.find(".facts").text)
        Select(self.find("#field-confirm-cause")).select_by_value("other-channel")
        units = self.find("#field-confirm-units")
        units.clear()
        units.send_keys("2")
        self.find("#field-confirm-complaints").clear()
        self.find("#field-confirm-text").send_keys("Список жалоб органа с источником каждой")
        self.send(self.find("#step-confirm button[type=submit]"))
        self.assertIn("0 / 2", self.find(".facts").text)
        self.find("#step-answer summary").click()
        self.find("#field-answer-text").send_keys("Две жалобы пришли в канцелярию")
        self.send(self.find("#step-answer button[type=submit]"))
        if not self.find("#step-explain").get_attribute("open"):
            self.find("#step-explain summary").click()
        self.send(self.find("#step-explain button[type=submit]"))
        self.assertTrue(self.find("[aria-labelledby=explanations]"))
        self.assertFalse(self.all("#step-explain"), "it is under way and offered again")
        for language in ("kk", "ru", "en"):
            self.language(language)
            self.open(path)
            self.assertAccessible(language)
        self.open("/deliveries?phase=waiting")
        self.assertIn("78-", self.find("main").text)
        self.assertQuiet()


class PhoneTest(DiscrepancyTest):
    width, dark = 390, True

    def test_board_filing_and_discrepancy_fit_a_telephone(self):
        self.sign_in()
        states = {state: path for state, path in self.board()}
        for path in ["/internal-control", "/internal-control/discrepancies", *states.values()]:
            self.open(path)
            self.assertAccessible()
        self.open("/internal-control/discrepancies")
        self.send(self.find("table.data tbody th a"))
        self.assertAccessible()


if __name__ == "__main__":
    unittest.main()
