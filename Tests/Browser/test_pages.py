"""Every page that the site leads to, in three languages, light and dark, wide and narrow: axe has nothing to say.

The pages are not listed here: they are found by following the links, one of each kind of address.
"""
import re
import unittest
from urllib.parse import urlsplit

import centre


def kind(path):
    """The address with its identities left out, so that one page of each kind is looked at."""
    segments = re.sub(r"^/bodies/[^/]+", "/bodies/0", urlsplit(path).path).strip("/").split("/")
    if segments[:2] == ["knowledge", "synonyms"] and segments[2:] not in ([], ["new"]):
        segments[2] = "1"  # names of groups, not numbers
    return "/".join(re.sub(r"^(?=.*\d).*$", "*", segment) for segment in segments)


class PagesTest(centre.Test):
    languages = ("kk", "ru", "en")

    def links(self):
        addresses = self.browser.execute_script(
            "return [...document.querySelectorAll('a[href]')].map(link => link.href)")
        own = [address for address in addresses if address.startswith(self.centre.address + "/")]
        return [address.removeprefix(self.centre.address).split("#")[0] for address in own]

    def walk(self, limit=80):
        """Opens one page of each kind; yields the address of each while it is open."""
        seen, waiting = set(), ["/"]
        while waiting and len(seen) < limit:
            path = waiting.pop(0)
            if kind(path) in seen or not self.is_page(path):
                continue
            seen.add(kind(path))
            self.open(path)
            waiting += self.links()
            yield path

    def is_page(self, path):
        status, media = self.browser.execute_async_script(
            "const done = arguments[arguments.length - 1];"
            "fetch(arguments[0], {credentials: 'same-origin', redirect: 'follow'})"
            ".then(answer => done([answer.status, answer.headers.get('content-type') || '']), () => done([0, '']))",
            path)
        self.assertEqual(status, 200, path)
        return media.startswith("text/html")

    def faults(self, language, path):
        """What axe finds on the open page, and by how much it is wider than the window."""
        self.assertEqual(self.find("html").get_attribute("lang"), language)
        found = [f"{language} {path} {line}" for line in self.violations()]
        if self.overflow() > 0:
            found.append(f"{language} {path} is wider than the window by {self.overflow()} pixels")
        return found

    def test_every_page(self):
        self.sign_in()
        self.language(self.languages[0])
        pages, found = [], []
        for path in self.walk():
            pages.append(path)
            found += self.faults(self.languages[0], path)
        self.assertGreater(len(pages), 30, pages)
        for language in self.languages[1:]:
            self.open("/")
            self.language(language)
            for path in pages:
                self.open(path)
                found += self.faults(language, path)
        self.assertEqual(found, [])
        self.assertQuiet()

    def test_before_the_sign_in(self):
        for language in ("kk", "ru", "en"):
            self.open("/sign-in")
            self.language(language)
            self.assertAccessible()


class DarkPagesTest(PagesTest):
    """Colours do not depend on the language."""

    dark = True
    languages = ("kk",)


class NarrowPagesTest(PagesTest):
    """On a telephone, in the language with the longest words."""

    width, height = 390, 844
    languages = ("ru",)


if __name__ == "__main__":
    unittest.main()
