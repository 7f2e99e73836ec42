"""The form of a card: a coordinator's, in a wide window; a body's by its link on a telephone, from the link to the live card.

Everything works where scripts are forbidden; with them what is typed is kept by itself.
"""
import os
import subprocess
import unittest
import urllib.request
import zipfile

import centre
import desk
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import Select

CARD = "S0290"
PLAN = """line,service,body,request_date,acceptance_date,responsible_unit
1,{card},MIA,{request},{acceptance},Test
"""
SAID = {"kk": "Толтырылды", "ru": "Заполнено"}


class CardFormTest(desk.Desk):
    def place(self, place):
        return self.find("#field-card-" + place.replace(".", "-"))

    def type(self, place, text):
        field = self.place(place)
        field.clear()
        field.send_keys(text)

    def value(self, place):
        return self.place(place).get_attribute("value")

    def press(self, step, inside="form.card-form"):
        """Presses the button of a step; the first one of the form is for the Enter key and is not seen."""
        buttons = self.all(f"{inside} button[name=step][value='{step}']:not(.visually-hidden)")
        self.send(buttons[0])

    def scripts(self, are_on):
        self.browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": not are_on})

    def faults(self):
        return [fault.text for fault in self.all(".alert.is-danger li")]

    def get(self, address):
        """The bytes at an address, with the cookies of the browser."""
        cookies = "; ".join(f"{one['name']}={one['value']}" for one in self.browser.get_cookies())
        with urllib.request.urlopen(urllib.request.Request(address, headers={"Cookie": cookies}), timeout=120) as answer:
            return answer.read()

    def upload(self, path):
        self.find("#file > summary").click()
        self.find("#field-file").send_keys(path)
        self.send(self.find("#file button[type=submit]"))

    def test_a_coordinator_edits_a_card(self):
        self.sign_in()
        self.language("ru")
        self.open("/cards/S0288/history")
        self.find("a[href$='/cards/S0288/form']").click()
        self.find("form.card-form")
        self.assertAccessible()
        self.scripts(False)
        self.open("/cards/S0288/form")
        rows = len(self.all("#part-documents .part-row"))
        self.press("add documents")
        self.assertEqual(len(self.all("#part-documents .part-row")), rows + 1)
        self.type(f"documents.{rows}.kk", "Сурет")
        self.type(f"documents.{rows}.ru", "Фотография")
        facts = len(self.all("#part-facts .part-row"))
        self.press("add facts")
        Select(self.place(f"facts.{facts}.fact")).select_by_value("fee")
        Select(self.place(f"facts.{facts}.measure")).select_by_value("working-days")
        self.type(f"facts.{facts}.amount", "0,25")
        self.type("fee.ru", "Четверть МРП")
        self.press("check")
        # Each fault stands at its place, in the reader's language, and nothing is lost.
        self.assertEqual(len(self.faults()), 3, self.faults())
        self.assertTrue(self.all(f"#field-card-facts-{facts}-measure[aria-invalid=true]"))
        self.assertEqual(self.value(f"documents.{rows}.kk"), "Сурет")
        self.scripts(True)
        self.open("/cards/S0288/form")
        self.assertEqual(self.value("fee.ru"), "Четверть МРП", "the draft is there after a visit elsewhere")
        Select(self.place(f"facts.{facts}.measure")).select_by_value("mci")
        self.type(f"facts.{facts}.source", "Налоговый кодекс, статья 615")
        self.press("check")
        self.assertEqual(self.faults(), [])
        self.assertIn("Четверть МРП", self.find("#preview").text)
        changed = self.find(".differences").text
        self.assertIn("Фотография", changed)
        self.assertIn("Четверть МРП", changed)
        # Only the Russian fee was changed: its twin is asked for.
        self.assertIn("Оплата", self.find(".alert.is-warning").text)
        self.assertIn("0.25", changed)
        self.assertNotIn("mci", changed, "a fact is told in words")
        for language in ("kk", "ru"):
            self.language(language)
            self.assertAccessible(language)
        self.browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {
            "width": 390, "height": 844, "deviceScaleFactor": 1, "mobile": True})
        self.assertAccessible("on a telephone")
        self.browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
        self.open("/cards/S0288/form")
        self.press("save")
        self.assertTrue(self.find("#field-reason[aria-invalid=true]"), "an edition says where it comes from")
        self.type_reason("Письмо № 5")
        self.press("save")
        self.wait(lambda: self.browser.current_url.endswith("/history"))
        self.assertIn("Фотография", self.find(".differences").text)
        self.open("/cards/S0288/form")
        self.assertIn("Четверть МРП", self.value("fee.ru"))
        self.assertTrue(self.all("#part-fee .pair-mark"), "the translation that stayed behind is marked")
        self.assertFalse(self.all("button[name=step][value=drop]"), "the draft is gone")

    def type_reason(self, text):
        self.find("#field-reason").send_keys(text)

    def test_what_is_typed_is_kept_without_a_button(self):
        self.sign_in()
        self.open("/cards/S0291/form")
        self.type("contacts.ru", "1414, круглосуточно")
        self.open("/search")

        def is_kept():
            self.open("/cards/S0291/form")
            return self.value("contacts.ru") == "1414, круглосуточно"

        self.wait(is_kept, "the draft was not kept on the way out", seconds=60)
        self.press("drop")
        self.assertNotEqual(self.value("contacts.ru"), "1414, круглосуточно")

    def test_a_blank_goes_out_and_comes_back(self):
        self.sign_in()
        self.language("ru")
        blank = os.path.join(self.centre.folder, "S0292.xlsx")
        with open(blank, "wb") as file:
            file.write(self.get(self.centre.address + "/cards/S0292/blank"))
        self.assertIn("xl/workbook.xml", zipfile.ZipFile(blank).namelist())
        self.open("/cards/S0292/form")
        self.upload(blank)
        self.assertIn("прочитан полностью", self.find(".alert.is-success").text)
        self.assertFalse(self.all(".differences"), "what comes back as it went out changes nothing")
        # The same form as a text table, with a line that is no field of it.
        table = os.path.join(self.centre.folder, "S0292.csv")
        with open(table, "w") as file:
            file.write("card;;S0292;\nfee;;Тегін;Бесплатно навсегда\nprice;;1;2\n")
        self.open("/cards/S0292/form")
        self.upload(table)
        self.assertIn("A3", self.find(".alert.is-warning").text)
        self.assertEqual(self.value("fee.ru"), "Бесплатно навсегда")
        self.assertAccessible()
        # By the command: with a fault nothing is recorded, then the whole.
        self.assertEqual(self.run_import(table).returncode, 1)
        with open(table, "w") as file:
            file.write("card;;S0292;\nfee;;Тегін;Бесплатно навсегда\n")
        self.assertEqual(self.run_import(table).returncode, 0)
        self.assertIn("Бесплатно навсегда", self.centre.run("cards", "show", "S0292", "--json"))

    def run_import(self, path):
        return subprocess.run(
            [centre.PROGRAM, "cards", "import", path], env=self.centre.environment, text=True, capture_output=True)

    # MARK: the body

    def request(self):
        """A request that the body has had for a while; its address at the body."""
        self.sign_in()
        self.language("en")
        table = os.path.join(self.centre.folder, "plan.csv")
        with open(table, "w") as file:
            file.write(PLAN.format(card=CARD, request=self.day(40), acceptance=self.day(10)))
        self.open("/plan")
        self.put("import", "name", "test")
        self.find("#field-import-document").send_keys(table)
        self.send(self.find("[aria-labelledby=import] .button.is-primary"))
        self.find("[aria-labelledby=approve]")
        self.open("/plan?plan=test")
        self.record("approve", [("at", self.at(45, 9)), ("approval", "No. 1")])
        self.open("/requests/test-1-MIA")
        self.record("send", [("at", self.at(3, 9)), ("number", "1-15/7")])
        self.open("/links?request=test-1-MIA")
        self.send(self.find("form[action='/links'] button[type=submit]"))
        return self.find("input[readonly]").get_attribute("value")

    def as_telephone(self):
        self.browser.delete_all_cookies()
        self.browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {
            "width": 390, "height": 844, "deviceScaleFactor": 1, "mobile": True})
        self.scripts(False)

    def as_desk(self):
        self.scripts(True)
        self.browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
        self.browser.delete_all_cookies()
        self.sign_in()
        self.language("en")

    def fill(self):
        """Fills in every field that the form calls empty, and ticks a channel."""
        for field in self.all("form.card-form textarea"):
            name = field.get_attribute("name")
            if not field.get_attribute("value"):
                field.send_keys(SAID[name.rsplit(".", 1)[1]])
        box = self.place("channels.portal")
        if not box.is_selected():
            box.click()

    def submit(self):
        scan = os.path.join(self.centre.folder, "scan.pdf")
        with open(scan, "wb") as file:
            file.write(b"%PDF-1.4\n% demo\n%%EOF\n")
        self.find("#field-submit-document").send_keys(scan)
        self.find("#field-submit-signed").click()
        self.send(self.find("#submit button[type=submit]"))
        self.find(".alert.is-success")

    def test_a_body_takes_a_service_from_its_link_to_the_live_card(self):
        address = self.request()
        self.as_telephone()
        self.browser.get(address)
        self.send(self.find("form:has(input[name=step][value=receive]) button[type=submit]"))
        self.find("#field-appoint-name").send_keys("Сынақова Айша")
        self.find("#field-appoint-position").send_keys("Бас маман")
        self.find("#field-appoint-phone").send_keys("+7 700 000 00 00")
        self.send(self.find("form:has(input[name=step][value=appoint]) button[type=submit]"))
        self.send(self.find("a[href$='/card']"))
        self.type("fee.ru", "0,5 МРП")
        self.press("keep")
        # Another day, another browser: what was typed is there; what lacks is named.
        self.browser.delete_all_cookies()
        self.browser.get(address + "/card")
        self.assertEqual(self.value("fee.ru"), "0,5 МРП")
        self.type("fee.kk", "0,5 АЕК")
        contacts = self.place("contacts.ru")
        contacts.clear()
        self.press("check")
        self.assertTrue(self.faults())
        self.assertFalse(self.all("#submit"))
        self.fill()
        self.press("check")
        self.assertEqual(self.faults(), [])
        self.scripts(True)
        for language in ("kk", "ru", "en"):
            self.browser.get(address + "/card")
            self.language(language)
            self.assertAccessible(language)
        self.scripts(False)
        self.browser.get(address + "/card")
        self.press("check")
        self.submit()
        self.assertFalse(self.all("a[href$='/card']"))

        self.as_desk()
        self.open("/requests/test-1-MIA")
        self.send(self.find("a[href$='/requests/test-1-MIA/card']"))
        self.assertAccessible()
        self.assertIn("0,5 МРП", self.find(".differences").text)
        self.find("#return > summary").click()
        self.find("#field-remark-fee").send_keys("Name the article of the law")
        self.send(self.find("#return button.is-danger"))
        self.assertIn("/requests/test-1-MIA", self.browser.current_url)

        self.as_telephone()
        self.browser.get(address + "/card")
        self.assertIn("Name the article of the law", self.find("#part-fee .field-remark").text)
        self.assertEqual(self.value("fee.ru"), "0,5 МРП", "what was returned is there to be mended")
        self.type("fee.ru", "0,5 МРП, Налоговый кодекс, статья 615")
        self.type("fee.kk", "0,5 АЕК, Салық кодексі, 615-бап")
        self.press("check")
        self.submit()

        self.as_desk()
        self.open("/requests/test-1-MIA/card")
        self.send(self.find("[aria-labelledby=accept] button[type=submit]"))
        self.open(f"/cards/{CARD}")
        self.assertIn("статья 615", self.find("#part-fee").text)
        self.open("/requests/test-1-MIA")
        now = self.browser.execute_script("return document.querySelector('#field-train-at').max")
        self.record("train", [("at", now), ("text", "12 employees")])
        for side in ("centre", "body"):
            now = self.browser.execute_script("return document.querySelector('#field-sign-at').max")
            self.record("sign", [("at", now), ("position", "head")], [("side", side)])
        # The waiting period of 797 §9 passes.
        self.centre.later(30)
        self.as_desk()
        self.open("/requests/test-1-MIA")
        self.record("goLive")
        self.open(f"/cards/{CARD}")
        self.assertIn("0,5 АЕК", self.find("#part-fee").text)
        self.assertIn("live", self.centre.run("cards", "list", "--state", "live", "--json"))
        self.assertIn(CARD, self.centre.run("cards", "list", "--state", "live"))


if __name__ == "__main__":
    unittest.main()
