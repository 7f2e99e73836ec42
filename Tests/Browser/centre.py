"""A contact centre of its own for tests in a real browser: the built program with demo data, and headless Chromium.

    class MorningTest(centre.Test):
        def test_it(self):
            self.sign_in()
            self.open("/requests")
            self.assertAccessible()

The program listens on a free port of the loopback interface in a temporary folder and is ended with the tests. Its day is
that of the machine, or the one of BAILANYS_DAY (scripts/test-days); tests ask `self.centre.today` and never the machine.
"""
import datetime
import importlib.util
import os
import pathlib
import re
import shutil
import signal
import subprocess
import tempfile
import threading
import unittest

from selenium import webdriver
from selenium.common.exceptions import WebDriverException
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = os.environ.get("BAILANYS_PROGRAM", str(ROOT / ".build" / "debug" / "bailanys"))
CLOCK = ROOT / ".build" / "clock.so"
AXE = pathlib.Path(importlib.util.find_spec("axe_playwright_python").origin).with_name("axe.min.js")
ALMATY = datetime.timezone(datetime.timedelta(hours=5))
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


class Centre:
    """The program `bailanys serve --demo`, started once for a class of tests."""

    def __init__(self, *arguments, today=None, settings=None):
        today = today or os.environ.get("BAILANYS_DAY") or None
        self.environment = dict(os.environ, BAILANYS_HOME=str(ROOT))
        self.shift = datetime.timedelta()
        if today:
            self.shift = datetime.date.fromisoformat(str(today)) - datetime.datetime.now(ALMATY).date()
            self.environment.update(
                LD_PRELOAD=str(CLOCK), BAILANYS_CLOCK_OFFSET=str(int(self.shift.total_seconds())))
        self.folder = tempfile.mkdtemp(prefix="bailanys-")
        self.data = self.environment["BAILANYS_DATA"] = os.path.join(self.folder, "data")
        if settings:
            os.mkdir(self.data, 0o700)
            pathlib.Path(self.data, "bailanys.yaml").write_text(settings)
        self.errors = open(os.path.join(self.folder, "log"), "w")
        self.arguments = [*([] if "--port" in arguments else ["--port", "0"]), *arguments]
        self.address = self.password = None
        self.start()

    def start(self):
        self.process = subprocess.Popen(
            [PROGRAM, "serve", "--demo", *self.arguments], env=self.environment, text=True, stdout=subprocess.PIPE,
            stderr=self.errors)
        self.address = None
        for line in self.process.stdout:
            if found := re.search(r"with the password (\S+)", line):
                self.password = found.group(1)
            if found := re.search(r"(http://\S+?)/?$", line.strip()):
                self.address = found.group(1)
                break
        if self.address is None:
            raise RuntimeError("the program did not start: " + self.log())
        # Nobody reads what it prints from now on; a full pipe must not stop it.
        threading.Thread(target=self.process.stdout.read, daemon=True).start()

    def later(self, days):
        """Ends the program and starts it on the same data so many days later."""
        if not CLOCK.exists():
            subprocess.run(
                ["clang", "-shared", "-fPIC", "-O1", "-o", str(CLOCK), str(ROOT / "Tests" / "Browser" / "clock.c")],
                check=True)
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(120)
        self.shift += datetime.timedelta(days=days)
        self.environment.update(
            LD_PRELOAD=str(CLOCK), BAILANYS_CLOCK_OFFSET=str(int(self.shift.total_seconds())))
        self.start()

    def run(self, *arguments, stdin=None):
        """Runs a command against this centre and returns what it printed."""
        return subprocess.run(
            [PROGRAM, *arguments], env=self.environment, text=True, input=stdin, capture_output=True, check=True).stdout

    @property
    def today(self):
        """The day of the program, where the contact centre is."""
        return datetime.datetime.now(ALMATY).date() + self.shift

    def log(self):
        return pathlib.Path(self.folder, "log").read_text()

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.errors.close()
        shutil.rmtree(self.folder, ignore_errors=True)


def chromium(width=1280, height=900, dark=False):
    """A headless Chromium; narrower than 500 pixels it is told to be a telephone."""
    options = Options()
    for argument in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--force-color-profile=srgb",
                     "--hide-scrollbars",
                     f"--window-size={width},{height}"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    browser = webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))
    if width < 500:
        browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {
            "width": width, "height": height, "deviceScaleFactor": 1, "mobile": True})
    if dark:
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {
            "features": [{"name": "prefers-color-scheme", "value": "dark"}]})
    return browser


class Test(unittest.TestCase):
    """A test with a centre of its class and a browser of its own."""

    width, height, dark = 1280, 900, False
    arguments = ()
    today = None
    settings = None

    @classmethod
    def setUpClass(cls):
        cls.centre = Centre(*cls.arguments, today=cls.today, settings=cls.settings)
        cls.addClassCleanup(cls.centre.stop)
        cls.prepare()

    @classmethod
    def prepare(cls):
        """What a class of tests does once, after its centre has started."""

    def setUp(self):
        self.browser = chromium(self.width, self.height, self.dark)
        self.addCleanup(self.browser.quit)

    def open(self, path):
        self.browser.get(self.centre.address + path)

    def sign_in(self, name="admin", password=None):
        self.open("/sign-in")
        self.find("#field-name").send_keys(name)
        self.find("#field-password").send_keys(password or self.centre.password)
        self.send(self.find("form.form button[type=submit]"))
        self.wait(lambda: "/sign-in" not in self.browser.current_url)

    def language(self, code):
        self.send(self.find(f"button[name=language][value={code}]"))
        self.wait(lambda: self.browser.find_element(By.TAG_NAME, "html").get_attribute("lang") == code)

    def send(self, button):
        """Presses a button that sends a form and waits until the page it stands on is gone.

        Without the wait the next line can find what it looks for on the old page, and by opening another address it
        would break off the request on its way.
        """
        page = self.find("html")

        def is_gone():
            # While one page takes the place of another, the driver has several errors for an element of the old one.
            try:
                page.is_enabled()
                return False
            except WebDriverException:
                return True

        button.click()
        self.wait(is_gone, f"the page stayed: {self.browser.current_url}", seconds=60)

    def find(self, selector):
        return self.wait(
            lambda: self.browser.find_element(By.CSS_SELECTOR, selector), f"{selector} is not on the page")

    def all(self, selector):
        return self.browser.find_elements(By.CSS_SELECTOR, selector)

    def wait(self, condition, message="", seconds=15):
        """Asks until a condition holds; an element that goes with its page meanwhile is asked for again."""
        return WebDriverWait(self.browser, seconds, ignored_exceptions=[WebDriverException]).until(
            lambda _: condition(), message)

    def violations(self):
        """What axe finds on the page, one line each."""
        self.browser.execute_script(AXE.read_text())
        result = self.browser.execute_async_script(
            "const done = arguments[arguments.length - 1];"
            "axe.run(document, {runOnly: arguments[0]}).then(done, error => done({violations: [], error: '' + error}))",
            RULES)
        if "error" in result:
            raise RuntimeError(result["error"])
        return [f"{found['id']}: {node['html'][:160]}" for found in result["violations"] for node in found["nodes"]]

    def overflow(self):
        """By how many pixels the page is wider than the window."""
        return self.browser.execute_script(
            "return document.documentElement.scrollWidth - document.documentElement.clientWidth")

    def assertAccessible(self, where=""):
        self.assertEqual(self.violations(), [], where or self.browser.current_url)
        self.assertLessEqual(self.overflow(), 0, "wider than the window: " + (where or self.browser.current_url))

    def assertQuiet(self):
        """Nothing was reported by the browser: no script error, nothing blocked by the policy, nothing missing."""
        lines = [entry["message"] for entry in self.browser.get_log("browser") if entry["level"] == "SEVERE"]
        self.assertEqual(lines, [])
