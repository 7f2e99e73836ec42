"""Every button of every form does something: with one field filled in there is a result, or words that say what is missing;
never an error of the program, and never a press after which nothing happens.

The forms are not listed here: they are found on the pages that the site leads to.
"""
import unittest

import centre
import test_pages

# Forms of the open page that a person can press, and what is seen of each of their fields.
FORMS = """
return [...document.querySelectorAll('main form, .callbar form')].map((form, index) => ({
  index, method: form.method, action: new URL(form.getAttribute("action") || "", location.href).pathname,
  valid: form.checkValidity(),
  invalid: [...form.elements].filter(e => e.willValidate && !e.checkValidity()).map(e => e.name),
  fields: [...form.elements].filter(e => e.name && !e.disabled && e.type !== 'hidden' && e.type !== 'submit'
    && e.type !== 'file' && e.type !== 'button').map(e => e.name),
}));
"""

# Fills in one field of a form with something plausible and presses the form's button, as a person would.
PRESS = """
const [index, name] = arguments;
const form = document.querySelectorAll('main form, .callbar form')[index];
for (let at = form.parentElement; at; at = at.parentElement) if (at.tagName === 'DETAILS') at.open = true;
const field = name && [...form.elements].find(e => e.name === name);
if (field) {
  if (field.tagName === 'SELECT') field.selectedIndex = field.options.length - 1;
  else if (field.type === 'checkbox' || field.type === 'radio') field.checked = !field.checked;
  else if (field.type === 'date') field.value = arguments[2];
  else if (field.type === 'month') field.value = arguments[2].slice(0, 7);
  else if (field.type === 'number') field.value = '1';
  else if (!field.value) field.value = '1';
}
const button = form.querySelector('button:not([type=button]), input[type=submit]');
window.left = false;
addEventListener('pagehide', () => { window.left = true; });
if (!button) return {noButton: true};
const valid = form.checkValidity();
button.click();
const first = [...form.elements].find(e => e.willValidate && !e.checkValidity());
return valid ? {sent: true} : {
  sent: false, name: first.name, says: first.validationMessage,
  seen: first.checkVisibility() && document.activeElement === first};
"""

# The status with which the open page came, and the words on it that tell what happened.
OUTCOME = """
const status = performance.getEntriesByType('navigation')[0].responseStatus;
const words = [...document.querySelectorAll('.alert, .field-error, .empty, .callbar-problem')].map(e => e.innerText.trim());
return {status, words: words.filter(Boolean), rows: document.querySelectorAll('main table tbody tr, main li').length};
"""

# What ends the session that presses, or closes the account it works with.
ENDS = ("/sign-out", "/account", "/accounts/1")


class FormsTest(test_pages.PagesTest):
    # That every page is accessible is not asked again.
    test_every_page = test_before_the_sign_in = None

    def forms(self, path):
        self.open(path)
        return self.browser.execute_script(FORMS)

    def press(self, form, name):
        """What came of pressing the button of a form of the open page with one field filled in."""
        page = self.find("html")
        told = self.browser.execute_script(PRESS, form["index"], name, str(self.centre.today))
        if told.get("sent"):
            self.wait(lambda: self.has_gone(page), f"{form} with {name}: the page stayed", seconds=60)
            told["outcome"] = self.wait(lambda: self.browser.execute_script(OUTCOME))
        return told

    def has_gone(self, page):
        try:
            page.is_enabled()
            return False
        except centre.WebDriverException:
            return True

    def test_a_form_that_narrows_a_list_asks_for_nothing_and_shows_its_result(self):
        self.sign_in()
        filters, found = 0, []
        for path in list(self.walk()):
            for form in self.forms(path):
                if form["method"] != "get":
                    continue
                filters += 1
                if not form["valid"]:
                    found.append(f"{path}: {form['invalid']} must be filled in")
                for name in dict.fromkeys(form["fields"]):
                    self.open(path)
                    told = self.press(form, name)
                    outcome = told.get("outcome", {})
                    if outcome.get("status") == 422 and outcome["words"]:
                        # A preview by GET says at its field what is wrong with what was typed; the browser notes that answer.
                        lines = [
                            entry["message"] for entry in self.browser.get_log("browser") if entry["level"] == "SEVERE"]
                        self.assertTrue(all("status of 422" in line for line in lines), lines)
                        continue
                    if outcome.get("status") != 200 or not (outcome["rows"] or outcome["words"]):
                        found.append(f"{path} by {name}: {told}")
                    elif f"{name}=" not in self.browser.current_url and name not in ("closed", "open"):
                        found.append(f"{path} by {name}: not in {self.browser.current_url}")
        self.assertEqual(found, [])
        self.assertGreaterEqual(filters, 8)
        self.assertQuiet()

    def test_every_button_has_a_result_or_says_what_is_missing(self):
        self.sign_in()
        pressed, found = 0, []
        for path in list(self.walk()):
            for form in self.forms(path):
                if form["method"] != "post" or form["action"].startswith(ENDS):
                    continue
                self.open(path)
                if form["index"] >= len(self.browser.execute_script(FORMS)):
                    continue  # an earlier press has done what this form was for
                told = self.press(form, form["fields"][0] if form["fields"] else None)
                pressed += 1
                outcome = told.get("outcome")
                if outcome is None:
                    # Held back by the browser: it must say why, at a field that is seen.
                    if not (told.get("seen") and told.get("says")):
                        found.append(f"{path} {form['action']}: nothing happens and nothing is said, {told}")
                elif outcome["status"] >= 500 or outcome["status"] in (400, 403, 404):
                    found.append(f"{path} {form['action']}: {told}")
                elif outcome["status"] >= 400 and not outcome["words"]:
                    found.append(f"{path} {form['action']}: refused without a word, {told}")
        print(f"\n{pressed} buttons pressed")
        self.assertEqual(found, [])
        self.assertGreater(pressed, 40)


if __name__ == "__main__":
    unittest.main()
