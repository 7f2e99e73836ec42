"""A body answers by its link in a window of a telephone: receipt, responsible person, form, card; without a script."""
import pathlib
import tempfile
import unittest

import centre
from selenium.webdriver.common.by import By


class BodyLinkTest(centre.Test):
    width, height = 390, 844

    def link(self):
        """Signs in, makes a link to a request that was sent, and signs out by forgetting the session."""
        self.sign_in()
        self.open("/requests?state=sent")
        request = self.find("table.data tbody th a").get_attribute("href").split("/requests/")[1]
        self.open("/links?request=" + request)
        self.assertAccessible()
        self.send(self.find("form[action='/links'] button[type=submit]"))
        address = self.find("input[readonly]").get_attribute("value")
        self.assertIn("/body/", address)
        self.browser.delete_all_cookies()
        return address

    def press(self, act):
        """Fills in nothing more and sends the form of an act."""
        form = self.find(f"form:has(input[name=step][value={act}])")
        self.send(form.find_element(By.CSS_SELECTOR, "button[type=submit]"))

    def test_body_answers_by_its_link(self):
        address = self.link()
        # Everything works where scripts are forbidden.
        self.browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
        self.browser.get(address)
        self.press("receive")
        self.find("#field-appoint-name").send_keys("Сынақова Айша")
        self.find("#field-appoint-position").send_keys("Бас маман")
        self.find("#field-appoint-phone").send_keys("+7 700 000 00 00")
        self.press("appoint")
        with tempfile.TemporaryDirectory() as folder:
            form = pathlib.Path(folder, "form.pdf")
            form.write_bytes(b"%PDF-1.4\n% demo\n%%EOF\n")
            self.find("#field-submit-document").send_keys(str(form))
            self.find("#field-submit-signed").click()
            self.find("#field-submit-complete").click()
            self.press("submit")
            self.find(".alert.is-success")
        self.browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
        for language in ("kk", "ru", "en"):
            self.browser.get(address)
            self.language(language)
            self.assertAccessible()
            self.assertLessEqual(self.overflow(), 0)
        self.assertFalse(self.all("form:has(input[name=step][value=submit])"))

    def test_a_link_that_opens_nothing_says_so_plainly(self):
        self.open("/body/abc.def.ghi")
        self.assertIn("1414", self.find("main").text)
        self.assertFalse(self.all("main form"))
        self.assertAccessible()


if __name__ == "__main__":
    unittest.main()
