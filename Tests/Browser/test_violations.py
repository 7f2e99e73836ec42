"""A coordinator confirms a breached term and excuses another with a file; the body replies by its link on a telephone."""
import pathlib
import tempfile
import unittest

import centre
from selenium.webdriver.common.by import By


class ViolationsTest(centre.Test):
    def entries(self, state="drafted", body=True):
        """The addresses of the entries in a state, those that a body owes."""
        self.open(f"/violations?state={state}")
        links = []
        for row in self.all("table.data:first-of-type tbody tr"):
            link = row.find_elements(By.CSS_SELECTOR, "th a")
            owes = row.find_elements(By.CSS_SELECTOR, "td a[href^='/bodies/']")
            if link and owes and "/violations/" in link[0].get_attribute("href"):
                links.append(link[0].get_attribute("href").removeprefix(self.centre.address))
        return links

    def form(self, step):
        """The form of a step; what folds it away is opened."""
        fold = self.find(f"#step-{step}")
        if fold.get_attribute("open") is None:
            fold.find_element(By.TAG_NAME, "summary").click()
        return fold

    def press(self, step):
        self.send(self.form(step).find_element(By.CSS_SELECTOR, "button[type=submit]"))

    def document(self):
        folder = tempfile.mkdtemp()
        path = pathlib.Path(folder, "act.pdf")
        path.write_bytes(b"%PDF-1.4\n% demo\n%%EOF\n")
        return str(path)

    def test_a_breach_is_confirmed_excused_and_taken_out(self):
        self.sign_in()
        self.open("/")
        inbox = self.find("section[aria-labelledby=inbox] a[href='/violations?state=waiting']")
        self.send(inbox)
        self.assertAccessible()
        first, second = self.entries()[:2]
        # Confirmed by a double click; Back shows what holds now: nothing happens twice.
        self.open(first)
        self.assertAccessible()
        self.form("confirm").find_element(By.TAG_NAME, "textarea").send_keys("5-1/33 хат")
        button = self.form("confirm").find_element(By.CSS_SELECTOR, "button[type=submit]")
        self.browser.execute_script("arguments[0].click(); arguments[0].click()", button)
        self.find(".alert.is-success")
        self.assertEqual(self.find("section[aria-labelledby=history]").text.count("5-1/33 хат"), 1)
        self.browser.back()
        self.wait(lambda: first in self.browser.current_url)
        self.assertEqual(self.find("section[aria-labelledby=history]").text.count("5-1/33 хат"), 1)
        self.assertFalse(self.all("#step-confirm"))
        self.assertTrue(self.all("#step-withdraw"))
        # Excused: without a ground it is refused and keeps what was typed; a file goes with it.
        self.open(second)
        form = self.form("excuse")
        form.find_element(By.TAG_NAME, "textarea").send_keys("Апат актісі")
        self.browser.execute_script(
            "for (const field of document.querySelectorAll('[required]')) field.required = false")
        self.press("excuse")
        self.assertTrue(self.all("#field-excuse-ground-error, .field-error"))
        # The refusal that was asked for is all that the browser reports.
        for entry in self.browser.get_log("browser"):
            self.assertIn("422", entry["message"])
        self.assertEqual(
            self.form("excuse").find_element(By.TAG_NAME, "textarea").get_attribute("value"), "Апат актісі")
        self.find("input[name=ground][value=system-failure]").click()
        self.form("excuse").find_element(By.CSS_SELECTOR, "input[type=file]").send_keys(self.document())
        self.press("excuse")
        self.find(".alert.is-success")
        link = self.find("section[aria-labelledby=decision] a[href*='/files/']").get_attribute("href")
        self.assertEqual(self.status(link), 200)
        # Withdrawn with its reason, and the entry waits again.
        self.form("withdraw").find_element(By.TAG_NAME, "textarea").send_keys("Басқа іс")
        self.press("withdraw")
        self.assertTrue(self.all("#step-confirm"))
        for language in ("kk", "ru", "en"):
            self.language(language)
            self.assertAccessible()
        self.open("/violations?state=confirmed")
        self.assertAccessible()
        export = self.find("a[href*='format=csv']").get_attribute("href")
        self.assertEqual(self.status(export), 200)
        # One field of the choice, and the rest left empty.
        field = self.find("#filter-search, input[name=search]")
        field.send_keys("2026-9999999")
        self.send(self.find("form.choice-bar button[type=submit]"))
        self.assertAccessible()
        self.assertQuiet()

    def status(self, address):
        return self.browser.execute_async_script(
            "const done = arguments[arguments.length - 1];"
            "fetch(arguments[0]).then(answer => done(answer.status), () => done(0))", address)


class ReplyTest(ViolationsTest):
    width, height = 390, 844

    def test_a_breach_is_confirmed_excused_and_taken_out(self):
        """Only in the wide window."""

    def test_the_body_replies_by_its_link_on_a_telephone(self):
        self.sign_in()
        entry = self.entries()[0]
        self.open(entry)
        self.assertAccessible()
        self.press("tell")
        address = self.find("section[aria-labelledby=reply] input[readonly]").get_attribute("value")
        self.browser.delete_all_cookies()
        # Everything works where scripts are forbidden.
        self.browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
        self.browser.get(address)
        self.find("#field-reply-text").send_keys("Хат кеш келді")
        self.find("#field-reply-document").send_keys(self.document())
        self.send(self.find("form:has(input[name=step][value=reply]) button[type=submit]"))
        self.find(".alert.is-success")
        self.assertIn("Хат кеш келді", self.find("main").text)
        self.browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
        for language in ("kk", "ru", "en"):
            self.browser.get(address)
            self.language(language)
            self.assertAccessible()
        self.sign_in()
        self.open(entry)
        self.assertIn("Хат кеш келді", self.find("section[aria-labelledby=reply]").text)
        self.assertAccessible()
        self.assertQuiet()


if __name__ == "__main__":
    unittest.main()
