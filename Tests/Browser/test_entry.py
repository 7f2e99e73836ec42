"""Who is in and who looked: sessions, recovery codes, tokens for programs and the auditor's page, by their buttons in a real browser."""
import base64
import hashlib
import hmac
import re
import struct
import time
import urllib.error
import urllib.request

import centre
from selenium.webdriver.common.by import By


class EntryTest(centre.Test):
    def totp(self, secret):
        """The code that a telephone shows now (RFC 6238), by the clock of the program."""
        key = base64.b32decode(secret.replace(" ", ""))
        now = time.time() + self.centre.shift.total_seconds()
        digest = hmac.new(key, struct.pack(">Q", int(now) // 30), hashlib.sha1).digest()
        start = digest[-1] & 15
        return f"{(struct.unpack('>I', digest[start:start + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"

    def type(self, name, text):
        field = self.find(f"input[name={name}]")
        field.clear()
        field.send_keys(text)
        return field

    def button(self, form, value=None):
        chosen = f"button[value={value}]" if value else "button[type=submit]"
        return self.find(f"form[action='{form}'] {chosen}")

    def api(self, token, path):
        request = urllib.request.Request(self.centre.address + path, headers={"Authorization": f"Bearer {token}"})
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return answer.status
        except urllib.error.HTTPError as error:
            return error.code

    def test_a_lost_telephone(self):
        """The second factor, ten codes, one of them in another browser, which is then ended from the first."""
        added = self.centre.run("accounts", "add", "saule", "--name", "Сәуле Тестова", "--role", "coordinator")
        password = re.search(r"[a-z2-7]{4}(?:-[a-z2-7]{4}){4}", added).group(0)
        self.sign_in("saule", password)
        self.open("/account/password")
        for name, text in (("old", password), ("new", "тоғыз жолдың торабы"), ("repeated", "тоғыз жолдың торабы")):
            self.type(name, text)
        self.send(self.button("/account/password"))
        self.sign_in("saule", "тоғыз жолдың торабы")

        self.open("/account/second-factor")
        secret = self.find(".second-factor code").text
        used = self.totp(secret)
        self.type("code", used)
        self.send(self.button("/account/second-factor"))
        self.assertIn("/account", self.browser.current_url)
        self.open("/account/recovery-codes")
        self.assertAccessible()

        # A code of the telephone counts once: the next one comes within half a minute.
        self.wait(lambda: self.totp(secret) != used, "the telephone shows no other code", seconds=120)
        self.type("code", self.totp(secret))
        self.send(self.button("/account/recovery-codes"))
        codes = [code.text for code in self.all(".recovery-codes code")]
        self.assertEqual(len(set(codes)), 10)
        self.assertAccessible()

        first, self.browser = self.browser, centre.chromium(390, 844, dark=True)
        self.addCleanup(self.browser.quit)
        self.open("/sign-in")
        self.type("name", "saule")
        self.type("password", "тоғыз жолдың торабы")
        self.send(self.find("form.form button[type=submit]"))
        self.assertIn("/sign-in/code", self.browser.current_url)
        self.find("details.fold summary").click()
        self.assertAccessible()
        self.type("recovery", codes[3].upper().replace("-", " "))
        self.send(self.browser.find_element(By.CSS_SELECTOR, "details.fold form button[type=submit]"))
        self.assertNotIn("/sign-in", self.browser.current_url)
        second, self.browser = self.browser, first

        self.open("/account")
        self.assertAccessible()
        rows = self.all("main table.data tbody tr")
        self.assertEqual(len(rows), 2)
        self.assertEqual(len(self.all("main table.data button[value=session]")), 1)
        self.send(self.find("main table.data button[value=session]"))
        self.assertEqual(len(self.all("main table.data tbody tr")), 1)
        second.get(self.centre.address + "/account")
        self.assertIn("/sign-in", second.current_url)

    def test_a_token_for_a_program(self):
        self.sign_in()
        self.open("/account/tokens")
        self.assertAccessible()
        self.type("label", "айырбас")
        self.find("input[name=may-readRegistry]").click()
        self.send(self.button("/account/tokens", "issue"))
        token = self.find(".given-token").text
        self.assertAccessible()
        self.assertEqual(self.api(token, "/api/v1/bodies"), 200)
        self.assertEqual(self.api(token, "/api/v1/requests"), 403)
        self.open("/account/tokens")
        self.assertNotIn(token, self.browser.page_source)
        self.send(self.button("/account/tokens", "revoke"))
        self.assertEqual(self.api(token, "/api/v1/bodies"), 401)

    def test_who_looked(self):
        """A look with its purpose, found by the auditor with whom it concerns, and taken out as a file."""
        self.sign_in()
        self.open("/complaints")
        self.find("table.data tbody a").click()
        path = self.browser.current_url.removeprefix(self.centre.address).split("?")[0]
        form = self.find(f"form[action='{path}/reveal']")
        form.find_element(By.CSS_SELECTOR, "[name=purpose]").send_keys("өтініш берушіге хабарласу")
        self.send(form.find_element(By.CSS_SELECTOR, "button[type=submit]"))
        self.open("/audit")
        self.assertAccessible()
        self.assertIn("өтініш берушіге хабарласу", self.find("table.data").text)
        self.assertTrue(self.all(f"table.data a[href='{path}']"))
        self.type("case", path.split("/")[-1])
        self.send(self.button("/audit"))
        self.assertEqual(len(self.all("table.data tbody tr")), 1)
        for sort in ("access", "change", "account", "house"):
            self.open(f"/audit?what={sort}")
            self.assertAccessible()
        self.open("/audit?what=change")
        before = self.find("table.data tbody tr .hint").text
        self.find("nav.pager a[rel=next]").click()
        self.wait(lambda: self.find("table.data tbody tr .hint").text != before)


class EntryNarrowTest(EntryTest):
    width, height, dark = 390, 844, True
    test_a_lost_telephone = None
