"""The coordinator's desk: every number opens what it counts, lists keep their shape on paper, and nothing jumps in a call."""
import base64
import re
import unittest
from urllib.parse import urlsplit

import centre
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys

REVISIONS = ("css selector", "td.num")


class DeskTest(centre.Test):
    def tiles(self):
        """The numbers of the page that lead somewhere: number and address of each."""
        return self.browser.execute_script(
            "return [...document.querySelectorAll('.tile:has(a)')].map(tile =>"
            " [parseInt(tile.querySelector('.tile-value').textContent.replace(/\\s/g, '')),"
            " tile.querySelector('a').getAttribute('href')])")

    def counted(self):
        """How many records the open list has, as its foot says; nought where it is empty."""
        summary = self.all(".pager-summary")
        return int(re.sub(r"\s", "", summary[0].text.split("/")[1])) if summary else len(self.all("table.data tbody tr"))

    def report(self):
        """The last month whose report is sealed; that of the month before may still have to be made."""
        self.open("/reports")
        sealed = [row for row in self.all("table.data tbody tr") if row.find_element(*REVISIONS).text != "0"]
        return urlsplit(sealed[0].find_element("css selector", "th a").get_attribute("href")).path

    def test_every_number_of_a_sealed_report_opens_the_complaints_of_then(self):
        self.sign_in()
        report = self.report()
        self.open(report)
        tiles = self.tiles()
        self.assertGreater(len(tiles), 8)
        for number, address in tiles:
            self.assertIn("revision=", address)
            self.open(address)
            self.assertEqual(self.counted(), number, address)
            self.assertEqual(self.all(".breadcrumbs a")[1].get_attribute("href"), self.centre.address + report)
        self.open(next(address for _, address in tiles if "number=closing" in address))
        # What was open when the month ended is open on its list, whatever came of it since.
        self.assertFalse(self.all(".badge.is-met"))
        self.assertAccessible()

    def test_the_numbers_of_the_morning_and_of_the_plan_open_their_lists(self):
        self.sign_in()
        self.open("/")
        tiles = self.tiles()
        self.assertGreaterEqual(len(tiles), 11)  # what waits in the queue is shown while something waits
        for number, address in tiles:
            self.open(address)
            self.assertEqual(self.counted(), number, address)
        self.open("/plan")
        tiles = self.tiles()
        self.assertEqual(len(tiles), 4)
        for number, address in tiles:
            self.open(address)
            self.assertEqual(len(self.all(".plan-month tbody tr")), number, address)

    def test_a_digit_opens_what_waits(self):
        self.sign_in()
        self.open("/")
        links = self.all("[aria-labelledby=inbox] a[aria-keyshortcuts]")
        self.assertGreater(len(links), 3)
        wanted = [link.get_attribute("href") for link in links]
        for place in (2, 0):
            self.open("/")
            self.find("body").send_keys(str(place + 1))
            self.wait(lambda: self.browser.current_url.split("#")[0] == wanted[place])
            self.assertTrue(self.find("main h1").text)

    def test_a_letter_knows_the_case_it_was_begun_from(self):
        self.sign_in()
        self.open("/letters")
        notice = self.browser.execute_script(
            "return [...document.querySelectorAll('table.data tbody th a')].map(a => a.href)")[0]
        self.browser.get(notice)
        case = self.find(".facts a[href^='/duties/refusal-notice/']").get_attribute("href")
        self.browser.get(case)
        self.find("main h1")
        self.open("/requests?state=sent")
        request = self.find("table.data tbody th a").get_attribute("href").split("/requests/")[1]
        self.open("/letters/new?case=onboarding%2F" + request)
        self.assertEqual(self.all("input[name=case]:not([type=hidden])"), [])
        self.assertEqual(self.all("input[name=kind][value=notice]"), [])

    def test_what_is_printed_keeps_its_tables(self):
        self.sign_in()
        report = self.report()
        self.browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
        self.browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {
            "width": 680, "height": 960, "deviceScaleFactor": 1, "mobile": False})
        for path in (report, "/statistics", "/calendar", "/complaints"):
            self.open(path)
            shown = self.browser.execute_script(
                "return [...document.querySelectorAll('main table.data')].map(table =>"
                " [getComputedStyle(table).display, getComputedStyle(table.tHead).display])")
            self.assertTrue(shown, path)
            self.assertEqual({tuple(one) for one in shown}, {("table", "table-header-group")}, path)
            # A frame that must not be broken would go to the next page as a whole and leave this one empty.
            self.assertEqual(
                self.browser.execute_script(
                    "return [...document.querySelectorAll('.table-frame')].map(one => getComputedStyle(one).breakInside)"
                    ".filter(value => value !== 'auto')"), [], path)


    def test_the_sheet_for_a_caller_is_one_page(self):
        self.sign_in()
        for path in ("/cards/S0273?show=kk", "/cards/S0288?show=ru", "/cards/S0399?show=kk"):
            self.open(path)
            self.assertEqual(self.pages(), 1, path)
            language = path[-2:]
            self.assertEqual(self.find("main h1").get_attribute("lang"), language, path)

    def pages(self):
        """How many pages the open page takes on paper."""
        printed = self.browser.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True})["data"]
        return len(re.findall(rb"/Type\s*/Page(?![a-zA-Z])", base64.b64decode(printed)))


class CallTest(centre.Test):
    def test_the_bar_of_a_call_stays_as_high_when_a_card_was_told(self):
        self.sign_in()
        for language in ("ru", "kk"):
            self.open("/cards/S0273")
            self.language(language)
            self.open("/cards/S0273")
            ActionChains(self.browser).send_keys(Keys.F2).perform()
            height = self.find(".callbar.is-open").size["height"]
            ActionChains(self.browser).send_keys("r").perform()
            self.find(".callbar-told")
            self.assertEqual(self.find(".callbar.is-open").size["height"], height, language)
            ActionChains(self.browser).send_keys(Keys.F9).perform()
            self.find(".callbar:not(.is-open)")


class NarrowDeskTest(centre.Test):
    width, height = 390, 844

    def test_the_strip_of_sections_shows_where_one_is(self):
        self.sign_in()
        for path in ("/", "/complaints", "/accounts", "/knowledge/synonyms"):
            self.open(path)
            for strip in (".side", ".segments"):
                for here in self.all(f"{strip} [aria-current]"):
                    box = self.browser.execute_script(
                        "const box = arguments[0].getBoundingClientRect(); return [box.left, box.right]", here)
                    self.assertGreaterEqual(box[0], 0, path)
                    self.assertLessEqual(box[1], self.width, path)


if __name__ == "__main__":
    unittest.main()
