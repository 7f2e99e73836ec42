"""A discrepancy case by case: the body gives its list by its link on a telephone and answers about one case; the coordinator sees what
each side counts, confirms causes in bulk, and the sum is the difference."""
import json
import os
import re
import unittest
import zipfile
from urllib.parse import urlsplit

import centre
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import Select


class CasesTest(centre.Test):
    def first(self):
        """The first open discrepancy about complaints received, as its number."""
        self.open("/internal-control/discrepancies?open=true")
        links = [urlsplit(a.get_attribute("href")).path for a in self.all("table.data tbody th a")]
        return next(path.rsplit("/", 1)[1] for path in links if re.search("_1[56]$", path))

    def link(self, number):
        """The body's link, as the coordinator copies it; made where none is open."""
        self.open("/internal-control/filings/" + number.rsplit("_", 1)[0])
        if not self.all("[aria-labelledby=way] input[readonly]"):
            form = self.find("[aria-labelledby=way] form:has(input[name=step][value=make])")
            self.send(form.find_element(By.CSS_SELECTOR, "button[type=submit]"))
        return self.find("[aria-labelledby=way] input[readonly]").get_attribute("value")

    def file(self, name, text):
        path = os.path.join(self.centre.folder, name)
        with open(path, "w", newline="") as file:
            file.write(text)
        return path

    def give(self, name, text):
        self.find("input[type=file][name=document]").send_keys(self.file(name, text))
        self.send(self.find("form:has(input[name=step][value=list]) button[type=submit]"))

    def units(self, number):
        """Theirs, ours, and the numbers of our complaints, as the page of the discrepancy shows them."""
        self.open("/internal-control/discrepancies/" + number)
        values = [row.find_elements(By.CSS_SELECTOR, "td")[-1].text for row in
                  self.all("[aria-labelledby=numbers] table.data tbody tr")]
        for details in self.all("[aria-labelledby=numbers] details summary"):
            details.click()
        ours = [item.text for item in self.all("[aria-labelledby=numbers] .inline-list li")]
        return int(re.sub(r"\D", "", values[0])), int(re.sub(r"\D", "", values[1])), ours

    def test_the_list_of_a_body_is_matched_case_by_case(self):
        self.sign_in()
        number = self.first()
        theirs, ours, complaints = self.units(number)
        self.assertEqual(len(complaints), ours, "all our complaints are listed")
        address = self.link(number)
        day = re.search(r"_(\d{4})-Q(\d)_", number)
        first = f"{day.group(1)}-{int(day.group(2)) * 3 - 1:02d}-10"
        # All of ours but one, and as many others as make their number.
        lines = [f"вх-{i};{first};{complaint};;" for i, complaint in enumerate(complaints[1:])]
        lines += [f"канц-{i};{first};;office;" for i in range(theirs - ours + 1)]
        text = "own;filed_on;number;source;iin\r\n" + "\r\n".join(lines) + "\r\n"

        # The command line holds it against ours without keeping anything, and writes the template.
        found = json.loads(self.centre.run(
            "discrepancies", "match", self.file("command.csv", text), "--discrepancy", number, "--json"))
        self.assertEqual((found["taken"], found["listed"], found["counted"]), (False, theirs, ours))
        self.assertEqual(found["difference"], theirs - ours)
        blank = os.path.join(self.centre.folder, "blank.xlsx")
        self.centre.run("discrepancies", "template", number, blank, "--language", "kk")
        self.assertIn("xl/workbook.xml", zipfile.ZipFile(blank).namelist())
        self.open("/internal-control/discrepancies/" + number + "/cases")
        self.assertFalse(self.all("form:has(input[name=group])"), "nothing was kept")

        # The body, on a telephone and without a script.
        self.browser.delete_all_cookies()
        self.browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {
            "width": 390, "height": 844, "deviceScaleFactor": 1, "mobile": True})
        self.browser.get(f"{address}/discrepancies/{number}")
        self.send(self.find("#case-by-case a.button"))
        page = self.browser.current_url
        for language in ("en", "ru", "kk"):
            self.browser.get(page)
            self.language(language)
            self.assertAccessible(language)
        self.browser.get(page)
        self.assertEqual(len(self.all("a[href*='template']")), 2)
        self.browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
        self.give("names.csv", "own;filed_on;ФИО\r\n1;" + first + ";Иванов\r\n")
        self.assertIn("C1", self.find("#list-faults").text)
        # A form that comes back is an answer of 422, which the browser notes as an error.
        self.browser.get_log("browser")
        self.give("list.csv", text)
        self.assertEqual(len(self.all("#cases input[name=case][value^='t:канц']")), theirs - ours + 1)
        self.assertTrue(self.all(f"#cases input[name=case][value='o:{complaints[0]}']"))
        self.find("#cases input[name=case][value='t:канц-0']").click()
        self.find("#cases input[type=radio][value=reason]").click()
        self.find("#cases textarea").send_keys("Подана в канцелярию на бумаге")
        self.send(self.find("#cases form button[type=submit]"))
        self.assertIn("Подана в канцелярию", self.find("#cases").text)
        self.browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
        self.assertAccessible("the body's cases")

        # The coordinator.
        self.browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
        self.sign_in()
        self.open("/internal-control/discrepancies/" + number)
        self.send(self.find("[aria-labelledby=case-by-case] a.button"))
        path = urlsplit(self.browser.current_url).path
        for language in ("kk", "ru", "en"):
            self.language(language)
            self.open(path)
            self.assertAccessible(language)
        self.assertIn("Подана в канцелярию", self.find("main").text)
        # One of several is left out and gets its cause by itself afterwards.
        group = "form:has(input[name=group][value='theirs-other-channel'])"
        boxes = self.all(group + " input[name=case]")
        self.assertEqual(len(boxes), theirs - ours + 1)
        boxes[0].click()
        self.send(self.find(group + " button[type=submit]"))
        self.assertEqual(len(self.all(group + " input[name=case]")), 1)
        Select(self.find(group + " select")).select_by_value("missing-ours")
        self.send(self.find(group + " button[type=submit]"))
        self.assertFalse(self.all(group))
        rest = self.find(f"form:has(input[name=case][value='o:{complaints[0]}'])")
        self.send(rest.find_element(By.CSS_SELECTOR, "button[type=submit]"))
        # What stands in another month of the list than with us is confirmed too.
        for form in self.all("form:has(input[name=group][value^='moved'])"):
            self.send(form.find_element(By.CSS_SELECTOR, "button[type=submit]"))
        self.assertFalse(self.all("form:has(input[name=group])"))
        self.assertIn(f"0 / {abs(theirs - ours)}", self.find(".facts").text)
        self.open("/internal-control/discrepancies/" + number)
        self.assertIn(complaints[0], self.find("[aria-labelledby=causes]").text)
        self.assertAccessible()
        self.browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {
            "width": 390, "height": 844, "deviceScaleFactor": 1, "mobile": True})
        self.open(path)
        self.assertAccessible("narrow")
        self.assertQuiet()


if __name__ == "__main__":
    unittest.main()
