"""A service from a line of the plan to a live card, in a browser, both sides of it: plan, request, signatures, go-live.

The steps are recorded as things of the past, so that the waiting period has passed when the service goes live.
"""
import os
import unittest

import desk

PLAN = """line,service,body,request_date,acceptance_date,responsible_unit
1,S0290,MIA,{request},{acceptance},Test
"""


class OnboardingTest(desk.Desk):
    def test_from_the_plan_to_a_live_card(self):
        self.sign_in()
        self.language("en")
        table = os.path.join(self.centre.folder, "plan.csv")
        with open(table, "w") as file:
            file.write(PLAN.format(request=self.day(40), acceptance=self.day(10)))
        self.open("/plan")
        self.put("import", "name", "test")
        self.find("#field-import-document").send_keys(table)
        self.send(self.find("[aria-labelledby=import] .button.is-primary"))
        self.find("[aria-labelledby=approve]")
        self.open("/plan?plan=test")
        self.assertAccessible()
        self.record("approve", [("at", self.at(45, 9)), ("approval", "No. 1")])
        self.open("/plan/test/1")
        self.assertAccessible()
        self.open("/requests/test-1-MIA")
        self.record("send", [("at", self.at(40, 9)), ("number", "1-15/7")])
        self.record("receive", [("at", self.at(39, 9)), ("proof", "in. 12")])
        self.record("appoint", [
            ("at", self.at(38, 9)), ("name", "Test Person"), ("position", "head"), ("phone", "+7 7172 00 00 00")])
        self.record("submit", [("at", self.at(37, 9))], [("medium", "electronic"), ("signed", "yes")], ["compared"])
        self.record("enter", [("at", self.at(36, 9)), ("edition", "1")])
        self.record("train", [("at", self.at(35, 9)), ("text", "12 employees")])
        self.record("sign", [("at", self.at(34, 9)), ("position", "head of the centre")], [("side", "centre")])
        self.record("sign", [("at", self.at(33, 9)), ("position", "deputy head")], [("side", "body")])
        self.assertAccessible()
        self.record("goLive", [("at", self.at(1, 9))])
        self.assertIn("consulted on", self.find("main").text)
        self.assertAccessible()
        self.open("/cards/S0290")
        self.assertNotIn("not accepted for consultation", self.find("main").text)
        self.assertQuiet()


if __name__ == "__main__":
    unittest.main()
