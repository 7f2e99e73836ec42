"""An operator's way through the search: types queries into the search page in a real browser and notes where the card
that answers stands.

    Tests/Browser/operator_queries.py BINARY [QUERIES]

BINARY is started with demo data on a free port of the loopback interface; QUERIES is operator_queries.tsv beside this
file if none is named. Each query is typed key by key, the results are those of the last key. Printed are, for each
class, how often a card that answers stood first and among the first three, and the queries whose card did not stand
first, with what stood there. Not a test: nothing fails when a card stands second.
"""
import pathlib
import sys

from selenium.common.exceptions import TimeoutException
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

import centre

QUERIES = pathlib.Path(__file__).with_name("operator_queries.tsv")
CURRENT = """
const field = document.getElementById("words"), results = document.getElementById("results");
return field.value === arguments[0] && results.dataset.words === arguments[0]
  && !results.classList.contains("is-stale");
"""
HITS = """
return [...document.querySelectorAll("#results a[data-hit]")].map(
  (hit) => [hit.pathname.split("/").pop(), hit.textContent.trim().replace(/\\s+/g, " ")]);
"""


def queries(path):
    """The class, the words and the accepted codes of each line."""
    lines = [line for line in pathlib.Path(path).read_text(encoding="utf-8").splitlines()
             if line and not line.startswith("#")]
    for line in lines[1:]:
        kind, words, accepted = line.split("\t")
        yield kind, words, accepted.split()


class Operator:
    """Somebody at the search page of a demonstration, signed in."""

    def __init__(self, demonstration):
        self.browser = centre.chromium()
        self.browser.get(demonstration.address + "/sign-in")
        self.browser.find_element("id", "field-name").send_keys("admin")
        self.browser.find_element("id", "field-password").send_keys(demonstration.password, Keys.ENTER)
        WebDriverWait(self.browser, 15).until(lambda browser: "/sign-in" not in browser.current_url)
        self.browser.get(demonstration.address + "/search")
        WebDriverWait(self.browser, 15).until(
            lambda browser: browser.execute_script("return document.activeElement.id") == "words")

    def press(self, *keys):
        ActionChains(self.browser, duration=0).send_keys(*keys).perform()

    def find(self, words):
        """The cards for the words, best first: code and title."""
        ActionChains(self.browser, duration=0).key_down(Keys.CONTROL).send_keys("a").key_up(Keys.CONTROL).perform()
        self.press(words)
        for _ in range(5):
            try:
                WebDriverWait(self.browser, 5, poll_frequency=0.02).until(
                    lambda browser: browser.execute_script(CURRENT, words))
                return self.browser.execute_script(HITS)
            except TimeoutException:
                # The server was asked too often: one more key, and back.
                self.press(" ", Keys.BACKSPACE)
        raise SystemExit(f"no results for “{words}”")


def main(program, path=QUERIES):
    centre.PROGRAM = program
    demonstration = centre.Centre()
    operator = None
    try:
        operator = Operator(demonstration)
        found, misses = {}, []
        for kind, words, accepted in queries(path):
            hits = operator.find(words)
            place = next((place for place, (code, _) in enumerate(hits, 1) if code in accepted), None)
            found.setdefault(kind, []).append(place)
            if place != 1:
                first = " ".join(hits[0])[:100] if hits else "nothing"
                misses.append(f"{kind}: “{words}” ({' '.join(accepted)}) at {place or '–'}, first: {first}")
        found["all"] = [place for places in found.values() for place in places]
        print(f"{'class':32}  queries  first  in three")
        for kind, places in found.items():
            first = sum(place == 1 for place in places) / len(places)
            three = sum(place is not None and place <= 3 for place in places) / len(places)
            print(f"{kind:32}  {len(places):7}  {first:5.2f}  {three:8.2f}")
        print(*misses, sep="\n")
    finally:
        if operator:
            operator.browser.quit()
        demonstration.stop()


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        raise SystemExit(__doc__)
    main(*sys.argv[1:])
