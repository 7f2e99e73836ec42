"""A coordinator asks a body to confirm its cards; the body answers in a window of a telephone, without a script."""
import datetime
import unittest

import centre
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By


class CampaignTest(centre.Test):
    body = "MNE"

    def begin(self):
        """Begins a campaign for the cards of one body, after a look at what would be asked, and returns its address."""
        self.open("/knowledge/campaigns")
        self.send(self.find("a.button.is-primary"))
        self.assertAccessible()
        self.find("#field-kind-body").click()
        self.browser.execute_script(
            "document.querySelector('#field-body').value = arguments[0];"
            "document.querySelector('#field-until').value = arguments[1]",
            self.body, str(self.centre.today + datetime.timedelta(days=14)))
        self.send(self.find("form[method=get] button[type=submit]"))
        self.assertTrue(self.find("#preview"))
        self.assertAccessible()
        self.send(self.find("form[action='/knowledge/campaigns'] button[type=submit]"))
        self.wait(lambda: self.all("#end"))
        self.assertAccessible()
        return self.browser.current_url

    def link(self, campaign):
        self.browser.get(f"{campaign}/bodies/{self.body}")
        self.assertAccessible()
        return self.find("input[readonly]").get_attribute("value")

    def as_telephone(self):
        """The body's own browser: no session, narrow, no scripts."""
        self.browser.delete_all_cookies()
        self.browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {
            "width": 390, "height": 844, "deviceScaleFactor": 1, "mobile": True})
        self.browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})

    def as_desk(self):
        self.browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
        self.browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
        self.sign_in()

    def press(self, step, which=0):
        """Presses the button of the form of a step."""
        self.find(f"form:has(input[name=step][value={step}])")
        form = self.all(f"form:has(input[name=step][value={step}])")[which]
        self.send(form.find_element(By.CSS_SELECTOR, "button[type=submit]"))

    def sheet(self):
        """Looks at the body's page in each language, with scripts for axe."""
        self.browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
        address = self.browser.current_url
        for language in ("ru", "en", "kk"):
            self.browser.get(address)
            self.language(language)
            self.assertAccessible()
            self.assertLessEqual(self.overflow(), 0)
        self.browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
        self.browser.get(address)

    def test_a_body_confirms_one_remarks_one_and_all_the_others(self):
        self.sign_in()
        campaign = self.begin()
        address = self.link(campaign)
        self.as_telephone()
        self.browser.get(address)
        self.assertFalse(self.all("form:has(input[name=step][value=confirm])"), "nobody has said who answers")
        self.sheet()
        # One field only: what was typed stays.
        self.find("#field-sign-name").send_keys("Сынақова Айша")
        self.browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
        self.browser.execute_script("document.querySelector('#field-sign-position').removeAttribute('required')")
        self.press("sign")
        self.assertEqual(self.find("#field-sign-name").get_attribute("value"), "Сынақова Айша")
        self.find("#field-sign-position").send_keys("Бас маман")
        self.browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
        self.press("sign")
        self.assertIn("Сынақова Айша", self.find("#who").text)
        waiting = len(self.all("form:has(input[name=step][value=confirm])"))
        self.assertGreaterEqual(waiting, 2)
        self.sheet()
        # A card is confirmed by one click, by two as well, and Back shows it as it stands.
        confirming = "form:has(input[name=step][value=confirm])"
        button = self.find(confirming + " button")
        ActionChains(self.browser).double_click(button).perform()
        self.wait(lambda: len(self.all(confirming)) == waiting - 1)
        self.browser.back()
        self.wait(lambda: len(self.all(confirming)) == waiting - 1)
        self.assertIn("1 / ", self.find(".facts").text)
        # An empty card has no button, and says what is missing; its body says what it should say.
        empty = [form for form in self.all("form:has(input[name=step][value^=object-])")
                 if not form.find_elements(By.XPATH, "ancestor::div[contains(@class, 'sheet')]"
                                                     "//input[@name='step' and @value='confirm']")]
        self.assertTrue(empty)
        fold = empty[-1].find_element(By.XPATH, "ancestor::details")
        fold.find_element(By.TAG_NAME, "summary").click()
        form = fold.find_element(By.TAG_NAME, "form")
        form.find_element(By.TAG_NAME, "textarea").send_keys("ДЕМО: мерзімі 5 жұмыс күні")
        self.send(form.find_element(By.CSS_SELECTOR, "button[type=submit]"))
        self.assertIn("ДЕМО: мерзімі 5 жұмыс күні", self.find("main").text)
        # Taken back, and said again.
        self.press("take-back")
        self.assertFalse(self.all("form:has(input[name=step][value=take-back])"))
        card = self.browser.current_url.split("#card-")[1]
        fold = self.find(f"#card-{card} details.fold")
        fold.find_element(By.TAG_NAME, "summary").click()
        fold.find_element(By.TAG_NAME, "textarea").send_keys("ДЕМО: құны тегін")
        self.send(fold.find_element(By.CSS_SELECTOR, "button[type=submit]"))
        # All the others.
        self.press("rest")
        self.assertFalse(self.all("form:has(input[name=step][value=confirm])"))
        self.assertFalse(self.all("#rest"))
        self.sheet()
        # Somebody else answers now: asked anew.
        self.press("resign")
        self.assertTrue(self.find("#field-sign-name"))
        # The coordinator sees it.
        self.as_desk()
        self.browser.get(campaign)
        row = self.find(f"a[href$='/bodies/{self.body}']").find_element(By.XPATH, "ancestor::tr")
        self.assertIn(str(waiting), row.text)
        self.open("/knowledge/remarks")
        self.assertIn("ДЕМО: құны тегін", self.find("main").text)
        self.assertAccessible()
        self.browser.get(f"{campaign}/bodies/{self.body}")
        self.assertIn("ДЕМО: құны тегін", self.find("#field-draft-text").get_attribute("value"))
        self.send(self.find("form:has(input[name=step][value=draft]) button[type=submit]"))
        self.assertIn("ДЕМО: құны тегін", self.find("main").text)
        # A revoked link opens nothing.
        self.browser.get(f"{campaign}/bodies/{self.body}")
        self.send(self.find("form:has(input[name=step][value=revoke]) button[type=submit]"))
        self.browser.get(address)
        self.assertFalse(self.all("main form"))
        self.assertIn("1414", self.find("main").text)
        # Ended by hand.
        self.browser.get(campaign)
        self.find("#field-reason").send_keys("ДЕМО")
        self.send(self.find("form:has(#field-reason) button[type=submit]"))
        self.assertFalse(self.all("#field-reason"))


if __name__ == "__main__":
    unittest.main()
