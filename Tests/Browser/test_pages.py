"""Every page that the site leads to, in three languages, light and dark, wide and narrow: axe has nothing to say.

The pages are not listed here: they are found by following the links, one of each kind of address.
"""
import re
import unittest
from urllib.parse import urlsplit

import centre


def kind(path):
    """The address with its identities left out, so that one page of each kind is looked at."""
    segments = urlsplit(path).path.strip("/").split("/")
    return "/".join(re.sub(r"^(?=.*\d).*$", "*", segment) for segment in segments)


class PagesTest(centre.Test):
    def links(self):
        addresses = self.browser.execute_script(
            "return [...document.querySelectorAll('a[href]')].map(link => link.href)")
        own = [address for address in addresses if address.startswith(self.centre.address + "/")]
        return [address.removeprefix(self.centre.address).split("#")[0] for address in own]

    def walk(self, limit=60):
        """Visits one page of each kind; yields the address of each."""
        seen, waiting = set(), ["/"]
        while waiting and len(seen) < limit:
            path = waiting.pop(0)
            if kind(path) in seen or not self.is_page(path):
                continue
            seen.add(kind(path))
            self.open(path)
            yield path
            self.open(path)
            waiting += self.links()

    def is_page(self, path):
        status, media = self.browser.execute_async_script(
            "const done = arguments[arguments.length - 1];"
            "fetch(arguments[0], {credentials: 'same-origin', redirect: 'follow'})"
            ".then(answer => done([answer.status, answer.headers.get('content-type') || '']), () => done([0, '']))",
            path)
        self.assertEqual(status, 200, path)
        return media.startswith("text/html")

    def test_every_page_in_every_language(self):
        self.sign_in()
        pages = list(self.walk())
        self.assertGreater(len(pages), 8, pages)
        found = []
        for language in ("kk", "ru", "en"):
            self.open("/")
            self.language(language)
            for path in pages:
                self.open(path)
                self.assertEqual(self.find("html").get_attribute("lang"), language)
                found += [f"{language} {path} {line}" for line in self.violations()]
        self.assertEqual(found, [])
        self.assertQuiet()

    def test_before_the_sign_in(self):
        for language in ("kk", "ru", "en"):
            self.open("/sign-in")
            self.language(language)
            self.assertAccessible()


class DarkPagesTest(PagesTest):
    dark = True


class NarrowPagesTest(PagesTest):
    width, height = 390, 844

    def test_nothing_is_wider_than_a_telephone(self):
        self.sign_in()
        wide = [(path, self.overflow()) for path in self.walk() if self.overflow() > 0]
        self.assertEqual(wide, [])


if __name__ == "__main__":
    unittest.main()
