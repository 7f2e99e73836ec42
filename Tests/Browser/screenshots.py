"""Takes pictures of the main pages of a demonstration: light, dark, on a telephone, printed.

    scripts/screenshots [FOLDER]     into docs/screenshots unless said otherwise

Only the pages named here are taken; `--all LANGUAGE` takes every kind of page that the site leads to, for looking at.
"""
import base64
import pathlib
import subprocess
import sys

import centre
from test_pages import PagesTest

# What is shown of each page: its address, and what is done there before the picture is taken.
MAIN = {
    "search": ("/search", "search"),
    "card": ("/cards/S0288", None),
    "request": ("/requests", "first"),
    "plan": ("/plan", None),
    "calendar": ("/calendar", None),
    "report": ("/reports", "first"),
    "statistics": ("/statistics", None),
}
DARK = ("search", "request")
PHONE = ("search", "card", "request")
QUERY = "жеке куәлік жоғалттым"


class Pictures(PagesTest):
    """Uses what tests use; runs no test."""

    arguments = ()

    def runTest(self):
        pass

    def show(self, name):
        """Opens a page of the list above as a person would."""
        path, act = MAIN[name]
        self.open(path)
        if act == "first":
            self.find("table.data tbody a").click()
        if act == "search":
            self.find("input[type=search]").send_keys(QUERY)
            self.wait(lambda: self.all("mark"))

    def take(self, path, whole=True):
        height = self.height if not whole else self.browser.execute_script("return Math.min(document.documentElement.scrollHeight, 4000)")
        mobile = self.width < 500
        self.browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {
            "width": self.width, "height": max(height, self.height), "deviceScaleFactor": 1, "mobile": mobile})
        image = self.browser.execute_cdp_cmd("Page.captureScreenshot", {
            "format": path.suffix[1:], **({"quality": 80} if path.suffix == ".webp" else {})})["data"]
        self.browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {
            "width": self.width, "height": self.height, "deviceScaleFactor": 1, "mobile": mobile})
        path.write_bytes(base64.b64decode(image))

    def printed(self, path):
        pdf = path.with_suffix(".pdf")
        data = self.browser.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True})["data"]
        pdf.write_bytes(base64.b64decode(data))
        subprocess.run(["pdftoppm", "-png", "-r", "72", "-singlefile", str(pdf), str(path.with_suffix(""))], check=True)
        pdf.unlink()


def session(width, dark, language, work):
    pictures = Pictures()
    pictures.width, pictures.dark, pictures.height = width, dark, 900
    pictures.setUp()
    try:
        pictures.sign_in()
        pictures.language(language)
        work(pictures)
    finally:
        pictures.doCleanups()


def main(arguments):
    everything = arguments[1] if arguments[:1] == ["--all"] else None
    rest = arguments[2:] if everything else arguments
    folder = pathlib.Path(rest[0] if rest else centre.ROOT / "docs" / "screenshots")
    folder.mkdir(parents=True, exist_ok=True)
    Pictures.centre = centre.Centre()
    try:
        if everything:
            def every(pictures):
                for path in list(pictures.walk()):
                    pictures.open(path)
                    name = path.split("?")[0].strip("/").replace("/", "-") or "home"
                    pictures.take(folder / f"{name}.{everything}.{pictures.width}{'.dark' if pictures.dark else ''}.png")
            for width, dark in ((1280, False), (390, True)):
                session(width, dark, everything, every)
            return

        def named(suffix, names):
            def work(pictures):
                for name in names:
                    pictures.show(name)
                    pictures.take(folder / f"{name}{suffix}.webp", whole=False)
            return work

        def printed(pictures):
            pictures.show("report")
            pictures.printed(folder / "report-print.png")
            pictures.open("/cards/S0288")
            pictures.printed(folder / "card-print.png")

        session(1280, False, "kk", named("", MAIN))
        session(1280, True, "ru", named("-dark", DARK))
        session(390, False, "ru", named("-phone", PHONE))
        session(1280, False, "ru", printed)
    finally:
        Pictures.centre.stop()


if __name__ == "__main__":
    main(sys.argv[1:])
