"""From a citizen's words to a complaint by keys: read, one key, the next; digits choose, letters go to a field."""
import time

import centre
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys

RUDE = "В ЦОНе Караганды оператор нахамила и накричала, заявление на удостоверение не приняла. Берёзкина Рябина, +7 700 000 12 34"
LATE = "Третью неделю не выдают удостоверение личности в ЦОНе Костаная, срок вышел."
THANKS = "Спасибо сотрудникам ЦОНа, все сделали быстро и вежливо!"


class IntakeTest(centre.Test):
    def read(self, words):
        self.open("/complaints/new")
        self.find("#field-subject").send_keys(words)
        self.send(self.find("button[value=read]"))
        self.find("#decision")

    def leave(self, words):
        self.open("/complaints/new")
        self.find("#field-subject").send_keys(words)
        self.send(self.find("button[value=leave]"))
        self.find(".alert.is-success")

    def press(self, *keys):
        ActionChains(self.browser).send_keys(*keys).perform()

    def body(self):
        return self.find("#decision input[name=shownBody]").get_attribute("value")

    def test_words_become_a_complaint_with_one_key(self):
        self.sign_in()
        self.read(RUDE)
        self.assertAccessible()
        shown = self.find(".words-shown").text
        self.assertNotIn("Берёзкина", shown)
        self.assertNotIn("000 12 34", shown)
        self.assertEqual(self.body(), "G35")
        page = self.find("html")
        self.press(Keys.ENTER)
        self.wait(lambda: "/complaints/2" in self.browser.current_url, "Enter did not register")
        self.assertIn("нахамила", self.find(".words-shown").text)
        self.assertNotIn("Берёзкина", self.find("main").text)
        self.assertAccessible()
        self.assertQuiet()

    def test_digits_choose_letters_go_to_a_field_and_the_answer_follows(self):
        self.sign_in()
        self.read(LATE)
        picks = self.all("input[name=servicePick]")
        self.assertGreater(len(picks), 1)
        self.press("2")
        self.wait(lambda: self.find("[data-digit='2']").is_selected())
        self.press("b")
        self.wait(lambda: self.browser.switch_to.active_element.get_attribute("name") == "namedPick")
        self.press("r")
        self.wait(lambda: self.browser.switch_to.active_element.get_attribute("name") == "region")
        self.press(Keys.ESCAPE)
        field = self.find("#field-body")
        field.send_keys("MIA", Keys.TAB)
        self.wait(lambda: self.body() == "MIA", "the answer did not follow")
        self.assertTrue(self.find("[name=namedPick][value=none]").is_selected())
        self.assertQuiet()

    def test_the_queue_goes_on_with_each_key(self):
        self.sign_in()
        self.open("/complaints/incoming")
        waiting = len(self.all("table.data tbody tr"))
        self.assertGreater(waiting, 5, "the demonstration has no words that wait")
        for words in (RUDE.replace("Караганды", "Жезказгана"), LATE, THANKS):
            self.leave(words)
        self.open("/complaints/incoming")
        self.assertEqual(len(self.all("table.data tbody tr")), waiting + 3)
        self.assertNotIn("нахамила", self.find("main").text)
        self.assertAccessible()
        self.send(self.find(".page-header a.is-primary"))
        times = []
        for _ in range(waiting + 3):
            self.find("[data-key=confirm]")
            here = self.browser.current_url
            started = time.monotonic()
            self.press(Keys.ENTER)
            self.wait(lambda: self.browser.current_url != here, "Enter did not go on")
            times.append(time.monotonic() - started)
        self.wait(lambda: self.browser.current_url.endswith("/complaints/incoming"))
        self.find(".empty")
        print("next after Enter, seconds:", ", ".join(f"{seconds:.2f}" for seconds in times))
        self.open("/complaints/proposals")
        self.assertRegex(self.find("table.data").text, r"\d+")
        self.assertAccessible()
        self.assertQuiet()

    def test_without_a_script_a_plain_form_does_the_same(self):
        self.sign_in()
        self.browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
        self.read(LATE)
        self.send(self.find("#decision button[value=preview]"))
        self.send(self.find("#decision button[value=register]"))
        self.wait(lambda: "/complaints/2" in self.browser.current_url)


class NarrowIntakeTest(centre.Test):
    width, height, dark = 390, 844, True

    def test_words_and_proposals_fit_a_telephone(self):
        self.sign_in()
        self.open("/complaints/new")
        self.assertAccessible()
        self.find("#field-subject").send_keys(RUDE)
        self.send(self.find("button[value=read]"))
        self.find("#decision")
        for language in ("ru", "en", "kk"):
            self.assertAccessible(language)
