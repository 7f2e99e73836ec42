"""Workbooks that people take along: every list, the statistics, a sealed report; pressed twice, and back on the page."""
import json
import os
import pathlib
import xml.etree.ElementTree as xml
import zipfile

import centre

NAMES = {"s": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}


class Workbooks(centre.Test):
    """A centre with its demonstration, and a folder that takes what the browser is given."""

    def setUp(self):
        super().setUp()
        self.folder = os.path.join(self.centre.folder, self.id().rsplit(".", 1)[-1])
        os.makedirs(self.folder, exist_ok=True)
        self.taken = 0
        self.browser.execute_cdp_cmd(
            "Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": self.folder})
        self.sign_in()

    def take(self, link, ending=".xlsx"):
        """Presses a link and gives the file that comes; the page stays where it is."""
        page = self.browser.current_url
        link.click()

        def found():
            return [name for name in os.listdir(self.folder) if name.endswith(ending)]

        self.wait(found, "nothing came", seconds=30)
        self.assertEqual(self.browser.current_url, page)
        # Out of the way of the next one, which may have the same name.
        self.taken += 1
        return pathlib.Path(self.folder, found()[0]).rename(pathlib.Path(self.folder, f"taken-{self.taken}"))

    def sheets(self, path):
        """The names of the sheets of a workbook; no cell of it holds a formula."""
        with zipfile.ZipFile(path) as book:
            self.assertIsNone(book.testzip())
            for name in book.namelist():
                if name.startswith("xl/worksheets/sheet"):
                    self.assertEqual(xml.fromstring(book.read(name)).findall(".//s:f", NAMES), [], name)
            workbook = xml.fromstring(book.read("xl/workbook.xml"))
            return [sheet.get("name") for sheet in workbook.findall(".//s:sheet", NAMES)]

    def test_every_list_is_taken_as_a_workbook_and_as_a_text_as_it_is_seen(self):
        for path in ("/complaints", "/bodies", "/requests", "/clocks?list=open", "/letters", "/contacts"):
            self.open(path)
            shown = self.find("h1").text
            self.assertAccessible(path)
            self.assertEqual(self.sheets(self.take(self.find("a[href*='format=xlsx']"))), [shown[:31]], path)
            self.assertTrue(self.take(self.find("a[href*='format=csv']"), ".csv").read_bytes().startswith(b"\xef\xbb\xbf"))
        # Twice, and the filter is kept by the file and by the way back.
        self.open("/bodies?kind=central")
        first = self.take(self.find("a[href*='format=xlsx']"))
        second = self.take(self.find("a[href*='format=xlsx']"))
        self.assertEqual(first.read_bytes(), second.read_bytes())
        self.open("/statistics")
        self.browser.back()
        self.assertIn("kind=central", self.browser.current_url)
        self.assertQuiet()

    def test_the_statistics_are_a_sheet_for_each_table(self):
        self.open("/statistics")
        self.assertAccessible()
        self.assertEqual(len(self.sheets(self.take(self.find("a[href*='format=xlsx']")))), 6)
        self.assertQuiet()

    def test_a_sealed_report_is_taken_in_each_language(self):
        sealed = [json.loads(line) for line in self.centre.run("report", "list", "--json").splitlines()]
        period = next(report["period"] for report in sealed if report.get("revisions"))
        self.open(f"/reports/{period}")
        link = "a[href$='/workbook']"
        seen = set()
        for language in ("kk", "ru", "en"):
            self.language(language)
            self.assertAccessible(language)
            sheets = self.sheets(self.take(self.find(link)))
            self.assertGreaterEqual(len(sheets), 3, sheets)
            seen.add(sheets[0])
        self.assertEqual(len(seen), 3, seen)
        self.assertQuiet()
