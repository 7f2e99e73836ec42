"""A coordinator asks bodies for their forms; a body files by its link on a telephone, is told its faults, answers about a
discrepancy; everything without a script and without an account."""
import base64
import io
import os
import re
import unittest
import zipfile
from urllib.parse import urlsplit

import centre
from selenium.webdriver.common.by import By

MINISTRY = "78-1mk"


class FilingLinkTest(centre.Test):
    def filed(self):
        """The quarter for which the bodies of the demonstration filed; a later one may be over already."""
        self.open("/internal-control/discrepancies")
        links = [a.get_attribute("href") for a in self.all("table.data tbody th a")]
        return next(found.group(1) for link in links if (found := re.search(MINISTRY + "_([^_]+)_", link)))

    def board(self):
        """The filings of the board as (state, address)."""
        self.open(f"/internal-control?form={MINISTRY}&period={self.filed()}")
        return [(row.find_element(By.CSS_SELECTOR, "td").text, urlsplit(
            row.find_element(By.CSS_SELECTOR, "th a").get_attribute("href")).path)
            for row in self.all("table.data tbody tr")]

    def scripts(self, are_on):
        self.browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": not are_on})

    def as_telephone(self):
        """The body's own browser: no session, narrow, no scripts."""
        self.browser.delete_all_cookies()
        self.browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {
            "width": 390, "height": 844, "deviceScaleFactor": 1, "mobile": True})
        self.scripts(False)

    def as_desk(self):
        self.scripts(True)
        self.browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
        self.sign_in()

    def look(self):
        """Looks at the body's page in each language, with scripts for axe."""
        self.scripts(True)
        address = self.browser.current_url
        for language in ("en", "ru", "kk"):
            self.browser.get(address)
            self.language(language)
            self.assertAccessible(f"{address} {language}")
        self.browser.get(address)
        self.scripts(False)
        self.browser.get(address)

    def press(self, step, inside=""):
        form = self.find(f"{inside} form:has(input[name=step][value={step}])")
        self.send(form.find_element(By.CSS_SELECTOR, "button[type=submit]"))

    def link(self, path):
        """The link of the body of a filing, as the coordinator copies it; made where none is open."""
        self.open(path)
        if not self.all("#field-address, #address"):
            self.press("make", "[aria-labelledby=way]")
        self.assertAccessible()
        return self.find("[aria-labelledby=way] input[readonly]").get_attribute("value")

    def file(self, name, text):
        path = os.path.join(self.centre.folder, name)
        with open(path, "w", newline="") as file:
            file.write(text)
        return path

    def get(self, address):
        """The bytes at an address, with the cookies of the browser; scripts have to be on."""
        return base64.b64decode(self.browser.execute_async_script(
            "const done = arguments[1]; fetch(arguments[0]).then(r => r.arrayBuffer())"
            ".then(b => done(btoa(String.fromCharCode(...new Uint8Array(b)))))", address))

    def kept(self):
        """The files that the centre keeps, and those that have not arrived whole."""
        found = set()
        for folder, _, names in os.walk(os.path.join(self.centre.data, "files")):
            found.update(os.path.join(os.path.basename(folder), name) for name in names)
        return found

    def test_a_body_files_by_its_link_on_a_telephone(self):
        self.sign_in()
        board = self.board()
        period = self.filed()
        path = next(path for state, path in board if "озвращен" in state or "айтарылды" in state or "eturned" in state)
        address = self.link(path)
        # The body's own file as it came with a letter: one sum is wrong.
        link = self.find("[aria-labelledby=history] .entry-links a").get_attribute("href")
        spoilt = self.get(link).decode()
        lines = spoilt.split("\r\n")
        row = next(i for i, line in enumerate(lines) if line.startswith("16;"))
        cells = lines[row].split(";")
        cells[-1] = str(sum(int(cell) for cell in cells[-4:-1]))
        lines[row] = ";".join(cells)
        mended = "\r\n".join(lines)

        self.as_telephone()
        self.browser.get(address)
        self.look()
        self.assertGreaterEqual(len(self.all("a[href*='/filings/']")), 4, "forms of past quarters can still be filed")
        filing = path.split("/")[-1]
        self.send(self.find(f"a[href$='/filings/{filing}']"))
        self.assertTrue(self.find("#returned"), "what came with a letter and went back is shown")
        self.look()
        for anchor in self.all("#file .plain-list a"):
            self.scripts(True)
            blank = zipfile.ZipFile(io.BytesIO(self.get(anchor.get_attribute("href"))))
            self.assertIn("xl/workbook.xml", blank.namelist())
        self.scripts(False)
        # A file with a fault comes back at once, marked, and nothing of it stays.
        before = self.kept()
        self.find("#field-take-document").send_keys(self.file("form.csv", spoilt + "\r\n"))
        self.send(self.find("#file form button[type=submit]"))
        self.assertIn("F", self.find("#refused").text)
        self.assertEqual(self.kept(), before)
        marked = self.find("#refused a[download]").get_attribute("href")
        self.assertTrue(marked.startswith("data:application/vnd.openxmlformats"))
        book = zipfile.ZipFile(io.BytesIO(base64.b64decode(marked.split(",", 1)[1])))
        self.assertTrue(any("comments" in name for name in book.namelist()), "the faults stand as notes at their cells")
        self.scripts(True)
        self.assertAccessible()
        self.scripts(False)
        # The mended one is taken, with a receipt.
        self.find("#field-take-document").send_keys(self.file("mended.csv", mended))
        self.send(self.find("#file form button[type=submit]"))
        receipt = self.find("#receipt").text
        self.assertIn(filing + "/1", receipt)
        digest = re.search("[0-9a-f]{64}", receipt).group(0)
        self.assertIn(os.path.join(digest[:2], digest[2:]), self.kept() - before)
        self.assertFalse(self.all("#file form"), "1-мк is corrected by the Agency alone")
        self.look()
        # Back, and the form sent again: it is answered as before.
        self.browser.back()
        # Questions are answered one by one.
        self.browser.get(address)
        self.send(self.find(f"a[href$='/filings/{filing}']"))
        for index in range(len(self.all("[id^=question-]"))):
            fold = self.find(f"#question-{index} details")
            if not fold.get_attribute("open"):
                fold.find_element(By.TAG_NAME, "summary").click()
            fold.find_element(By.TAG_NAME, "textarea").send_keys(f"ДЕМО: түсіндірме {index}")
            self.send(fold.find_element(By.CSS_SELECTOR, "button[type=submit]"))
            self.assertIn(f"ДЕМО: түсіндірме {index}", self.find(f"#question-{index} .quote").text)
        # The officer sees both beside the numbers.
        asked = len(self.all("[id^=question-]"))
        self.as_desk()
        self.open(path)
        self.assertTrue(self.find("[aria-labelledby=findings] .alert.is-success"))
        if asked:
            self.assertIn("ДЕМО: түсіндірме 0", self.find("[aria-labelledby=findings]").text)
        self.assertAccessible()
        # A revoked link opens nothing, neither the page nor what lies below it.
        self.press("revoke", "[aria-labelledby=way]")
        for below in ("", f"/filings/{filing}", f"/filings/{filing}/blank"):
            self.browser.get(address + below)
            self.assertFalse(self.all("main form"))
            self.assertIn("1414", self.find("main").text)
        self.assertIn(period, filing)

    def test_a_body_fills_in_its_form_on_the_screen(self):
        self.sign_in()
        self.open(f"/internal-control?form={MINISTRY}&period={self.filed()}&state=missing")
        path = urlsplit(self.find("table.data tbody th a").get_attribute("href")).path
        address = self.link(path) + "/filings/" + path.split("/")[-1]
        self.as_telephone()
        self.browser.get(address)
        self.send(self.find("#file a[href$='/screen']"))
        self.look()
        # Empty cells are told, none is kept; what stays empty is filled with 0 by a button.
        self.send(self.find("#file button[value=check]"))
        self.assertTrue(self.find("#outcome .alert.is-danger"))
        self.find("[id='field-cell-16-1']").send_keys("3")
        self.send(self.find("#file button[value=zeros]"))
        self.assertEqual(self.find("[id='field-cell-16-1']").get_attribute("value"), "3")
        self.assertEqual(self.find("[id='field-cell-16-2']").get_attribute("value"), "0")
        # Three of what, and in which quarter? Both are told at their cells.
        self.send(self.find("#file button[value=take]"))
        self.assertTrue(self.find("#outcome .alert.is-danger"))
        self.assertTrue(self.find(".cells .field-error"))
        self.scripts(True)
        self.assertAccessible()
        self.scripts(False)
        self.browser.get(address)
        self.assertFalse(self.all("#receipt"), "nothing was filed")

    def test_a_coordinator_asks_all_that_have_not_filed(self):
        self.sign_in()
        board = self.board()
        self.assertAccessible()
        self.send(self.find("form[action='/internal-control'][method=post] button"))
        self.assertFalse(self.all("form[action='/internal-control'][method=post]"), "all are asked by now")
        self.assertAccessible()
        self.assertTrue(board)
        self.open(self.browser.current_url.replace(self.centre.address, "") + "&state=missing")
        missing = urlsplit(self.find("table.data tbody th a").get_attribute("href")).path
        self.open(missing)
        self.assertTrue(self.all("[aria-labelledby=way] li"))
        self.send(self.find("[aria-labelledby=way] a[href$='/sheet']"))
        self.assertTrue(self.find("svg, canvas, img, .qr"))
        self.assertAccessible()
        self.open(missing)
        self.press("letter", "[aria-labelledby=way]")
        self.assertTrue(self.find("[aria-labelledby=way] a[href^='/letters/']"))
        self.assertQuiet()

    def test_a_body_answers_about_a_discrepancy(self):
        self.sign_in()
        self.open("/internal-control/discrepancies")
        self.send(self.find("table.data tbody th a"))
        discrepancy = urlsplit(self.browser.current_url).path
        number = discrepancy.split("/")[-1]
        self.find("#step-ask summary").click()
        self.send(self.find("#step-ask button[type=submit]"))
        self.assertTrue(self.find("[aria-labelledby=body]"))
        self.assertAccessible()
        address = self.link("/internal-control/filings/" + number.rsplit("_", 1)[0])
        self.as_telephone()
        self.browser.get(address)
        self.look()
        self.send(self.find(f"#discrepancies a[href$='/discrepancies/{number}']"))
        self.look()
        # Its own number is right: then it has to say why.
        self.find("#answer input[value=reason]").click()
        self.send(self.find("#answer form button[type=submit]"))
        self.assertTrue(self.find(".field-error"))
        self.find("#field-answer-text").send_keys("ДЕМО: екі шағым кеңсеге түсті")
        self.send(self.find("#answer form button[type=submit]"))
        self.assertIn("екі шағым кеңсеге түсті", self.find("#said").text)
        self.look()
        # Another body's link does not open it.
        self.as_desk()
        self.open(discrepancy)
        self.assertIn("екі шағым кеңсеге түсті", self.find("[aria-labelledby=body]").text)
        other = next(path for _, path in self.board() if number.rsplit("_", 1)[0] not in path)
        stranger = self.link(other)
        self.browser.delete_all_cookies()
        self.browser.get(stranger + "/discrepancies/" + number)
        self.assertFalse(self.all("main form"))
        self.as_desk()
        # The answer leaves with the explanation.
        self.open(discrepancy)
        if not self.find("#step-explain").get_attribute("open"):
            self.find("#step-explain summary").click()
        self.send(self.find("#step-explain button[type=submit]"))
        explanation = self.find("[aria-labelledby=explanations] a").get_attribute("href")
        self.assertIn('"position":"reason"', self.get(explanation).decode())


class DarkTest(FilingLinkTest):
    dark = True

    test_a_body_files_by_its_link_on_a_telephone = None
    test_a_body_answers_about_a_discrepancy = None
    test_a_body_fills_in_its_form_on_the_screen = None
    test_a_coordinator_asks_all_that_have_not_filed = None

    def test_the_pages_of_a_link_are_readable_in_the_dark(self):
        self.sign_in()
        path = next(path for state, path in self.board())
        address = self.link(path)
        self.as_telephone()
        self.browser.get(address)
        self.look()
        for link in [a.get_attribute("href") for a in self.all("main a[href*='/filings/']")][:3]:
            self.browser.get(link)
            self.look()


if __name__ == "__main__":
    unittest.main()
