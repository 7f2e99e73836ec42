"""How long the pages of a demonstration take, from the request to the last byte of the answer. Run by scripts/bench-pages."""
import http.client
import http.cookies
import re
import statistics
import sys
import time
import urllib.parse

import centre
from test_pages import kind

FIRST = "/sign-in"
FIELDS = re.compile(r'<input[^>]*type="hidden"[^>]*>')


class Reader:
    """A browser without a screen: one connection, cookies."""

    def __init__(self, address):
        self.connection = http.client.HTTPConnection(urllib.parse.urlsplit(address).netloc)
        self.cookies = http.cookies.SimpleCookie()

    def ask(self, path, form=None):
        """The answer and its bytes."""
        headers = {"Cookie": "; ".join(f"{name}={cookie.value}" for name, cookie in self.cookies.items())}
        body = None
        if form is not None:
            body = urllib.parse.urlencode(form)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.connection.request("GET" if form is None else "POST", path, body, headers)
        answer = self.connection.getresponse()
        text = answer.read()
        for value in answer.headers.get_all("set-cookie") or []:
            self.cookies.load(value)
        return answer, text

    def sign_in(self, name, password):
        _, page = self.ask(FIRST)
        form = {"name": name, "password": password}
        for field in FIELDS.findall(page.decode()):
            parts = dict(re.findall(r'(name|value)="([^"]*)"', field))
            form[parts["name"]] = parts.get("value", "")
        answer, _ = self.ask(FIRST, form)
        if answer.status not in (302, 303):
            raise SystemExit(f"the sign-in answers {answer.status}")


def pages(reader):
    """One page of each kind that links lead to."""
    seen, waiting = set(), ["/"]
    while waiting:
        path = waiting.pop(0).replace("&amp;", "&")
        if kind(path) in seen:
            continue
        seen.add(kind(path))
        answer, text = reader.ask(path)
        while answer.status == 429:
            time.sleep(float(answer.headers.get("retry-after") or 1))
            answer, text = reader.ask(path)
        if answer.status != 200 or not (answer.headers.get("content-type") or "").startswith("text/html"):
            continue
        yield path
        waiting += re.findall(r'<a [^>]*href="(/[^"#]*)', text.decode())


def main(times):
    demonstration = centre.Centre()
    try:
        reader = Reader(demonstration.address)
        reader.sign_in("admin", demonstration.password)
        found = []
        for path in ["/health/live", *pages(reader)]:
            taken = []
            for _ in range(times):
                start = time.perf_counter()
                answer, _ = reader.ask(path)
                while answer.status == 429:
                    time.sleep(float(answer.headers.get("retry-after") or 1))
                    start = time.perf_counter()
                    answer, _ = reader.ask(path)
                taken.append((time.perf_counter() - start) * 1_000)
            found.append((statistics.median(taken), sorted(taken)[int(len(taken) * 0.95)], path))
        for median, late, path in found[:1] + sorted(found[1:], reverse=True):
            print(f"{median:7.1f} ms, 95 of 100 under {late:6.1f} ms  {path}")
        medians = [median for median, _, _ in found[1:]]
        print(f"{len(medians)} pages, median {statistics.median(medians):.1f} ms, slowest {max(medians):.1f} ms")
    finally:
        demonstration.stop()


if __name__ == "__main__":
    main(int(sys.argv[1]))
