"""Stage data all the way: a provider's file is taken in, an operator tells the stage and how late it is, the report on violations
(452) is sealed, its number opens the applications, the Agency's receiver has it; and a correction after the seal moves nothing sealed."""
import datetime
import json
import pathlib
import re
import shutil
import signal
import subprocess
import tempfile

from selenium.webdriver.common.action_chains import ActionChains

import centre


class Agency:
    """The reference receiver, with certificates of its own, on a free port."""

    def __init__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="agency-"))
        certificates = self.folder / "certificates"
        subprocess.run([centre.ROOT / "scripts" / "make-demo-certificates", certificates], check=True, capture_output=True)
        self.process = subprocess.Popen(
            [centre.PROGRAM, "agency", "--port", "0", "--store", self.folder / "agency.db",
             "--certificate", certificates / "server.pem", "--key", certificates / "server-key.pem",
             "--client-authority", certificates / "ca.pem"],
            text=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        line = self.process.stdout.readline()
        found = re.search(r"https://\S+", line)
        if found is None:
            raise RuntimeError("the receiver did not start: " + line)
        self.settings = "\n".join([
            f"report-destination: {found.group(0)}", f"report-authority: {certificates}/ca.pem",
            f"report-certificate: {certificates}/client.pem", f"report-key: {certificates}/client-key.pem", ""])

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process.stdout.close()
        shutil.rmtree(self.folder, ignore_errors=True)


class ApplicationsTest(centre.Test):
    @classmethod
    def setUpClass(cls):
        agency = Agency()
        cls.addClassCleanup(agency.stop)
        cls.settings = agency.settings
        super().setUpClass()

    def month(self):
        """The month before this one, with which every application here is concerned."""
        return self.centre.today.replace(day=1) - datetime.timedelta(days=1)

    def record(self, number, **more):
        accepted = self.month().replace(day=3)
        return {"number": number, "service": "S0288", "provider": "MIA", "way": "portal", "form": "electronic",
                "acceptedAt": f"{accepted}T10:00:00+05:00", "term": "2 calendar days", **more}

    def late(self, number):
        finished = self.month().replace(day=20)
        return self.record(
            number, finishedAt=f"{finished}T12:00:00+05:00", result="provided", cause="system", failedSystem="X",
            systemKeeper="nit", act="1")

    def take(self, *records):
        file = pathlib.Path(self.centre.folder, "records.jsonl")
        file.write_text("".join(json.dumps(record) + "\n" for record in records))
        return self.centre.run("applications", "import", str(file))

    def ask(self, number):
        self.open("/calls/stage")
        self.find("#field-number").send_keys(number)
        self.send(self.find("form[action='/calls/stage'] button[type=submit]"))
        return self.find(".told-panel").text

    def test_from_a_file_to_the_receipt(self):
        self.assertIn("2 new", self.take(self.record("TEST-1"), self.late("TEST-2")))
        self.assertIn("0 new, 0 corrected, 2 known", self.take(self.record("TEST-1"), self.late("TEST-2")))
        self.sign_in()
        self.language("ru")

        # The operator: stage, last day, how late, and what to do.
        told = self.ask("test 1")
        self.assertIn("Принято и зарегистрировано", told)
        self.assertIn("Срок истек", told)
        self.assertAccessible()
        self.assertNotIn("TEST", self.browser.current_url.upper())
        ActionChains(self.browser).send_keys("j").perform()
        self.wait(lambda: "/calls/complaint?card=S0288" in self.browser.current_url, "the key led to no complaint")
        self.assertIn("Результат дан с опозданием", self.ask("TEST-2"))

        # The report: sealed, its number opens the applications.
        name = f"violations-{self.month():%Y-%m}"
        self.open("/reports")
        self.find(f"a[href='/reports/{name}']").click()
        self.wait(lambda: self.browser.current_url.endswith(name))
        self.assertAccessible()
        self.send(self.find(f"form[action='/reports/{name}/seal'] button[type=submit]"))
        self.find(f"a[href='/reports/{name}/revisions/1/workbook']")
        self.find("a[href*='number=technical.central.MIA.S0288']").click()
        self.wait(lambda: "TEST-2" in self.find("table.data").text, "the number does not open its application")
        self.assertAccessible()
        behind = self.browser.current_url

        # Corrected after the seal: what was sealed opens what it counted.
        self.assertIn("1 corrected", self.take(self.record("TEST-2")))
        self.browser.get(behind)
        self.assertIn("TEST-2", self.find("table.data").text)

        # Received: the receipt stands on the report.
        self.wait(lambda: "none yet" not in self.line(name), "the receiver has not confirmed it", seconds=180)
        # Made again from its events alone: the same bytes.
        self.assertIn("remade", self.centre.run("report", "remake", name))
        self.assertQuiet()

    def line(self, name):
        """What the command line says of the revisions of a report."""
        text = self.centre.run("report", "list")
        return text.split(name + "\t")[1].split("\n")[1]

    def test_forms_on_the_telephone(self):
        self.sign_in()
        quarter = (self.centre.today.month - 1) // 3
        year = self.centre.today.year if quarter else self.centre.today.year - 1
        for form in ("3mk", "4mk"):
            self.open(f"/reports/{form}-{year}-Q{quarter or 4}")
            self.find(f"form[action*='/reports/{form}-'] button[type=submit]")
            self.assertAccessible()
