"""An operator's call in a real browser, from the screen-pop to the closed contact, by keys only; and how long a key
takes until its results are painted."""
import statistics
import time
import unittest

from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys

import centre

# Counts the time from a keystroke to the second frame after its results stand in the page.
MEASURE = """
window.paints = [];
let pressed = 0;
document.getElementById("words").addEventListener("input", () => { pressed = performance.now(); }, true);
new MutationObserver(() => {
  const since = pressed;
  requestAnimationFrame(() => requestAnimationFrame(() => window.paints.push(performance.now() - since)));
}).observe(document.getElementById("results"), {childList: true});
"""

SHIFT = """
window.shift = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) window.shift += entry.value;
}).observe({type: "layout-shift", buffered: true});
"""


class OperatorTest(centre.Test):
    def press(self, *keys):
        ActionChains(self.browser).send_keys(*keys).perform()

    def focused(self):
        return self.browser.execute_script("return document.activeElement.id || document.activeElement.tagName")

    def begin(self, language="ru"):
        self.sign_in()
        self.language(language)
        self.open("/search")
        self.wait(lambda: self.focused() == "words", "the field has no focus on arrival")

    def results_for(self, words):
        self.wait(
            lambda: self.browser.execute_script("return document.getElementById('results').dataset.words") == words,
            f"no results for {words}")

    def contact(self):
        """The number of the contact that is open, as the bar shows it."""
        return self.find(".callbar-number").get_attribute("textContent")

    def test_a_call_from_search_to_closed_contact_with_keys_only(self):
        self.begin()
        self.press(Keys.F2)
        self.find(".callbar.is-open")
        first = self.contact()
        self.press("ghfdf")
        self.results_for("ghfdf")
        # How the words were read is behind a key.
        self.assertNotIn("права", self.find(".finder-reading").text)
        self.press(Keys.F7)
        self.assertIn("права", self.find(".finder-reading").text)
        self.press(Keys.F7)
        self.assertIn("водительского", self.find(".hit").text)
        self.press(Keys.ARROW_DOWN, Keys.ARROW_DOWN, Keys.ARROW_UP, Keys.ENTER)
        self.wait(lambda: "/cards/S0273" in self.browser.current_url)
        # No word of the caller is in an address.
        self.assertNotIn("ghfdf", self.browser.current_url)
        self.assertAccessible()
        self.press("r")
        self.find(".callbar-told")
        self.assertIn("S0273", self.find(".callbar-told").text)
        self.press(Keys.F9)
        self.wait(lambda: self.browser.current_url.endswith("/search"))
        self.find(".callbar:not(.is-open)")
        # The next call starts clean.
        self.assertEqual(self.find("#words").get_attribute("value"), "")
        self.assertEqual(self.browser.execute_script("return sessionStorage.getItem('console.words')"), None)
        self.press(Keys.F2)
        self.find(".callbar.is-open")
        self.assertNotEqual(self.contact(), first)
        self.assertEqual(self.all(".callbar-told"), [])
        self.press(Keys.F9)
        self.find(".callbar:not(.is-open)")
        self.assertQuiet()

    def test_the_answer_stands_in_the_line_and_enter_opens_the_card_there(self):
        self.begin()
        for words, fact in (
            ("сколько стоит справка о судимости", "fee"), ("skolko dney delayut spravku o sudimosti", "term"),
            ("соттылық туралы анықтаманы онлайн алуға бола ма", "online"),
        ):
            self.press(words)
            self.results_for(words)
            line = self.find(".hit:first-child .hit-answer")
            self.assertEqual(line.get_attribute("data-fact"), fact)
            self.assertIn("S0171", self.find(".hit:first-child").text)
            self.assertTrue(self.all(".hit:first-child .hit-facts .hit-one"))
            self.assertAccessible()
            self.press(Keys.ESCAPE)
        self.press("справка о судимости сколько стоит")
        self.results_for("справка о судимости сколько стоит")
        self.press(Keys.ENTER)
        self.wait(lambda: self.browser.current_url.endswith("/cards/S0171#part-fee"))
        self.assertTrue(self.browser.execute_script("return document.getElementById('part-fee').matches(':target')"))
        # Another language of the card stays at the place.
        self.press("l")
        self.wait(lambda: "show=" in self.browser.current_url and self.browser.current_url.endswith("#part-fee"))
        # What the card does not say is asked of its body, with the words of the caller and the card's own service.
        self.press(Keys.F8)
        self.wait(lambda: self.all("textarea[name=text]"))
        self.assertEqual(self.find("textarea[name=text]").get_attribute("value"), "справка о судимости сколько стоит")
        self.assertEqual(self.find("input[name=service]").get_attribute("value"), "S0171")
        self.assertQuiet()

    def test_nonsense_has_no_answer_and_a_card_without_the_fact_says_so(self):
        self.begin()
        for words in ("сколько стоит билет в кино", "ертең ауа райы қандай"):
            self.press(words)
            self.results_for(words)
            self.assertEqual(self.all(".hit-answer[data-fact]"), [])
            self.press(Keys.ESCAPE)

    def test_a_tie_is_settled_by_one_key_in_three_languages(self):
        self.sign_in()
        for language, asked in (("ru", "Постоянно или временно?"), ("kk", "Тұрақты ма, уақытша ма?"),
                                ("en", "Permanently or for a time?")):
            self.language(language)
            self.open("/search")
            self.wait(lambda: self.focused() == "words", "the field has no focus on arrival")
            words = "прописка по месту жительства временно"
            self.press(words)
            self.results_for(words)
            self.assertEqual(self.find(".choice-question").text, asked)
            self.assertEqual(len(self.all(".choice-box button")), 2)
            self.assertAccessible()
            second = self.find(".choice-box button[data-key=second]").get_attribute("value")
            self.press(Keys.F6)
            self.wait(lambda: not self.all(".choice-box"))
            self.assertIn(second, self.find(".hit:first-child .hit-meta").text)
            self.assertEqual(self.focused(), "words")
            self.press(Keys.ESCAPE)
        self.assertQuiet()

    def test_nonsense_is_not_opened_by_enter(self):
        self.begin()
        words = "бла бла бла"
        self.press(words)
        self.results_for(words)
        self.assertEqual(self.all(".hit-answer, .hit-facts"), [])
        self.press(Keys.ENTER)
        time.sleep(0.3)
        self.assertTrue(self.browser.current_url.endswith("/search"))

    def test_a_story_opens_its_sheet_by_one_key(self):
        self.begin()
        words = "у нас вчера родилась дочка"
        self.press(words)
        self.results_for(words)
        self.assertIn("Родился ребенок", self.find(".life-link").text)
        ActionChains(self.browser).key_down(Keys.SHIFT).send_keys(Keys.ENTER).key_up(Keys.SHIFT).perform()
        self.wait(lambda: self.browser.current_url.endswith("/life-events/L01"))
        self.assertGreaterEqual(len(self.all(".life-step")), 5)
        self.assertIn("S0121", self.find(".life-step a").get_attribute("href"))
        self.assertAccessible()
        # Another language of the sheet by its key.
        self.press("l")
        self.wait(lambda: "show=" in self.browser.current_url)
        self.assertQuiet()

    def test_slash_escape_exactly_and_the_list_of_shortcuts(self):
        self.begin()
        self.press("gjregrf")
        self.results_for("gjregrf")
        self.press(Keys.F4)
        self.wait(lambda: self.find("#exact").is_selected())
        self.press(Keys.ESCAPE)
        self.wait(lambda: self.find("#words").get_attribute("value") == "")
        self.press(Keys.ESCAPE)
        self.wait(lambda: self.focused() == "BODY")
        self.press("/")
        self.wait(lambda: self.focused() == "words")
        self.press(Keys.ESCAPE, "?")
        self.find("dialog.keys[open]")
        self.assertAccessible()
        # Turned off, no single key does anything but type.
        self.find("#keys-on").click()
        self.press(Keys.ESCAPE)
        self.wait(lambda: not self.all("dialog.keys[open]"))
        self.browser.execute_script("document.activeElement.blur()")
        self.press("/", Keys.F2)
        self.assertNotEqual(self.focused(), "words")
        self.assertEqual(self.all(".callbar.is-open"), [])

    def test_what_we_did_not_have_becomes_a_draft_by_one_key(self):
        self.begin()
        self.press(Keys.F2)
        self.find(".callbar.is-open")
        self.press("ыыыыы щщщщщ")
        self.results_for("ыыыыы щщщщщ")
        self.press(Keys.F8)
        self.wait(lambda: self.browser.current_url.endswith("/calls/gap"))
        self.assertAccessible()
        self.assertEqual(self.find("#field-text").get_attribute("value"), "ыыыыы щщщщщ")
        body = self.find("#field-body")
        body.send_keys("Министерство юстиции", Keys.TAB)
        self.press(Keys.F8)
        self.wait(lambda: self.browser.current_url.endswith("/search"))
        self.find(".callbar-told")
        self.open("/requests/drafts")
        self.assertIn("ыыыыы щщщщщ", self.find("main").text)
        self.assertAccessible()

    def test_telephony_opens_a_clean_address_and_no_log_has_the_number(self):
        self.begin()
        self.open("/pop?call=%2B77011234567")
        self.wait(lambda: self.browser.current_url.endswith("/search"))
        self.find(".callbar.is-open")
        self.assertNotIn("7011234567", self.centre.log())

    def test_the_pages_of_a_call_are_accessible_in_each_language(self):
        self.begin()
        self.press(Keys.F2)
        self.find(".callbar.is-open")
        for language in ("kk", "ru", "en"):
            self.open("/search")
            self.language(language)
            for path in ("/search", "/cards/S0273?show=both", "/cards/S0273?show=kk", "/cards/S0001",
                         "/calls/complaint", "/calls/stage", "/requests/drafts"):
                self.open(path)
                self.assertAccessible(f"{language} {path}")
            self.open("/search")
            self.find("#words").send_keys("балабақша")
            self.results_for("балабақша")
            self.assertAccessible(f"{language} results")
        self.assertQuiet()

    def test_from_key_to_paint(self):
        self.begin()
        self.browser.execute_script(SHIFT)
        self.browser.execute_script(MEASURE)
        for words in ("паспорт алу", "ghfdf", "туу туралы куәлік", "справка о несудимости", "mekenjai"):
            for letter in words:
                self.press(letter)
                time.sleep(0.12)
            self.results_for(words)
            ActionChains(self.browser).key_down(Keys.CONTROL).send_keys("a").key_up(Keys.CONTROL).perform()
        time.sleep(0.3)
        paints = sorted(self.browser.execute_script("return window.paints"))
        shift = self.browser.execute_script("return window.shift")
        print(
            f"\nkey to paint: {len(paints)} keystrokes, median {statistics.median(paints):.0f} ms, "
            f"95 of 100 under {paints[int(len(paints) * 0.95)]:.0f} ms, longest {paints[-1]:.0f} ms; "
            f"layout shift while typing {shift:.3f} ({centre.PROGRAM.split('/')[-2]} build)")
        self.assertGreater(len(paints), 30)
        self.assertLess(shift, 0.1)


class DarkOperatorTest(OperatorTest):
    dark = True


class NarrowOperatorTest(centre.Test):
    width, height = 390, 844

    def test_the_console_fits_a_telephone(self):
        self.sign_in()
        for path in ("/search", "/cards/S0273", "/calls/complaint", "/calls/stage"):
            self.open(path)
            self.assertAccessible(path)


if __name__ == "__main__":
    unittest.main()
