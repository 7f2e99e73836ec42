"""Signing in by a real provider of OpenID Connect (oidc-provider-mock, Authlib's server), in a real browser."""
import logging
import socket
import unittest

import centre
from oidc_provider_mock import User, run_server_in_thread
from selenium.webdriver.common.by import By


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


class ProviderTest(centre.Test):
    @classmethod
    def setUpClass(cls):
        people = [
            User(sub="person-1", claims={"name": "Айгерім Сапарова", "groups": ["operators"],
                                         "preferred_username": "aigerim"}),
            User(sub="person-2", claims={"name": "Бөтен", "groups": ["visitors"]}),
        ]
        logging.getLogger("werkzeug").setLevel(logging.ERROR)
        server = run_server_in_thread(user_claims=people)
        cls.provider = cls.enterClassContext(server)
        cls.issuer = f"http://localhost:{cls.provider.server_port}"
        port = free_port()
        cls.arguments = ("--port", str(port))
        cls.settings = "\n".join([
            f"provider-address: {cls.issuer}", "provider-client: bailanys", "provider-secret: geheim",
            "provider-groups: [operator=operators]", f"public-address: http://127.0.0.1:{port}", ""])
        super().setUpClass()

    def setUp(self):
        super().setUp()
        # The provider's own page asks for a style sheet from elsewhere: nothing leaves this machine.
        self.browser.execute_cdp_cmd("Network.enable", {})
        self.browser.execute_cdp_cmd("Network.setBlockedURLs", {"urls": ["https://*"]})

    def go(self, person):
        """Presses the button, and says there who one is."""
        self.open("/sign-in")
        self.send(self.find("a[href='/sign-in/provider']"))
        self.assertTrue(self.browser.current_url.startswith(self.issuer), self.browser.current_url)
        self.find("input[name=sub]").send_keys(person)
        self.send(self.browser.find_element(By.XPATH, "//button[text()='Authorize']"))

    def test_in(self):
        self.go("person-1")
        self.wait(lambda: self.browser.current_url == self.centre.address + "/")
        self.open("/account")
        self.assertIn("Айгерім Сапарова", self.find("main").text)
        self.assertEqual(self.all("a[href='/account/password']"), [])
        self.assertAccessible()
        said = [entry["message"] for entry in self.browser.get_log("browser") if entry["level"] == "SEVERE"]
        self.assertEqual([line for line in said if self.centre.address in line], [])

    def test_no_role(self):
        self.open("/sign-in")
        self.assertAccessible()
        self.language("ru")
        self.go("person-2")
        self.assertIn("Вам не назначена роль", self.find("main").text)
        self.assertAccessible()

    def test_refused_there(self):
        self.open("/sign-in")
        self.language("ru")
        self.send(self.find("a[href='/sign-in/provider']"))
        self.send(self.find("button[value=deny]"))
        self.assertIn("не удалось", self.find("main").text)


if __name__ == "__main__":
    unittest.main()
