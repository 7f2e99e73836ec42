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

MAIN = {
    "home": "/", "search": "/search", "requests": "/requests", "complaints": "/complaints", "reports": "/reports",
    "statistics": "/statistics",
}


class Pictures(PagesTest):
    """Uses what tests use; runs no test."""

    arguments = ()

    def runTest(self):
        pass

    def take(self, path):
        height = self.browser.execute_script("return Math.min(document.documentElement.scrollHeight, 4000)")
        mobile = self.width < 500
        self.browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {
            "width": self.width, "height": max(height, self.height), "deviceScaleFactor": 1, "mobile": mobile})
        image = self.browser.execute_cdp_cmd("Page.captureScreenshot", {"format": "png"})["data"]
        self.browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {
            "width": self.width, "height": self.height, "deviceScaleFactor": 1, "mobile": mobile})
        path.write_bytes(base64.b64decode(image))

    def printed(self, path):
        pdf = path.with_suffix(".pdf")
        data = self.browser.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True})["data"]
        pdf.write_bytes(base64.b64decode(data))
        subprocess.run(["pdftoppm", "-png", "-r", "60", "-singlefile", str(pdf), str(path.with_suffix(""))], check=True)
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

        def named(suffix):
            def work(pictures):
                for name, path in MAIN.items():
                    pictures.open(path)
                    pictures.take(folder / f"{name}{suffix}.png")
            return work

        def printed(pictures):
            pictures.open("/reports")
            pictures.find("table.data tbody a").click()
            pictures.printed(folder / "report-print.png")

        session(1280, False, "kk", named(""))
        session(1280, True, "ru", named("-dark"))
        session(390, False, "kk", named("-phone"))
        session(1280, False, "ru", printed)
    finally:
        Pictures.centre.stop()


if __name__ == "__main__":
    main(sys.argv[1:])
