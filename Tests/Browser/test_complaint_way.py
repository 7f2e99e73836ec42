"""A complaint is registered; its body answers by a link on a telephone without a script; the applicant reads the answer."""
import pathlib
import tempfile
import unittest

import centre
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import Select


class ComplaintWayTest(centre.Test):
    width, height = 390, 844

    def links(self):
        """Signs in, makes a link for the body and one for the applicant of an open complaint, forgets the session."""
        self.sign_in()
        self.open("/complaints?status=open")
        number = self.find("table.data tbody th a").get_attribute("href").split("/complaints/")[1].split("#")[0]
        addresses = []
        for kind, path in (("complaint", "/body/"), ("standing", "/status/")):
            self.open(f"/complaints/{number}#way")
            self.find("#step-make summary").click()
            Select(self.find("#field-make-for")).select_by_value(kind)
            self.send(self.find("#step-make button[type=submit]"))
            fields = self.all("section[aria-labelledby=way] input[readonly]")
            addresses += [value for field in fields if path in (value := field.get_attribute("value"))][:1]
        self.assertEqual(len(addresses), 2)
        self.assertAccessible()
        self.assertLessEqual(self.overflow(), 0)
        self.browser.delete_all_cookies()
        return number, addresses

    def form(self, act):
        """The form of an act; what folds it away is opened."""
        step = self.find(f"#step-{act}")
        if step.get_attribute("open") is None:
            step.find_element(By.TAG_NAME, "summary").click()
        return step

    def press(self, act):
        self.send(self.form(act).find_element(By.CSS_SELECTOR, "button[type=submit]"))

    def test_body_answers_and_the_applicant_reads_it(self):
        number, (body, standing) = self.links()
        # Everything works where scripts are forbidden.
        self.browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
        self.browser.get(body)
        self.assertIn(number, self.find("h1").text)
        self.press("receive")
        self.find(".alert.is-success")
        self.form("ask").find_element(By.TAG_NAME, "textarea").send_keys("Құжатты қай күні тапсырдыңыз?")
        self.press("ask")
        self.browser.get(standing)
        self.assertIn("қай күні", self.find("main").text)
        self.form("add").find_element(By.TAG_NAME, "textarea").send_keys("Екінші күні")
        self.press("add")
        self.browser.get(body)
        self.assertIn("Екінші күні", self.find("main").text)
        form = self.form("answer")
        form.find_element(By.CSS_SELECTOR, "input[name=outcome][value=satisfied]").click()
        form.find_element(By.CSS_SELECTOR, "textarea[name=text]").send_keys("Құжатыңыз қабылданды.")
        with tempfile.TemporaryDirectory() as folder:
            paper = pathlib.Path(folder, "answer.pdf")
            paper.write_bytes(b"%PDF-1.4\n% demo\n%%EOF\n")
            form.find_element(By.CSS_SELECTOR, "input[type=file]").send_keys(str(paper))
            self.press("answer")
            self.find(".alert.is-success")
        self.browser.get(standing)
        self.assertIn("Құжатыңыз қабылданды.", self.find("#answer").text)
        self.assertIn("/files/", self.find("#answer a").get_attribute("href"))
        self.browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
        for address in (body, standing, self.centre.address + "/status"):
            for language in ("kk", "ru", "en"):
                self.browser.get(address)
                self.language(language)
                self.assertAccessible()
                self.assertLessEqual(self.overflow(), 0)

    def test_a_link_that_opens_nothing_says_so_plainly(self):
        self.open("/status/abc.def.ghi")
        self.assertIn("1414", self.find("main").text)
        self.assertFalse(self.all("main form"))
        self.assertAccessible()


if __name__ == "__main__":
    unittest.main()
