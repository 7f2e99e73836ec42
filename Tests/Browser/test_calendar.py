"""A coordinator changes a day of the calendar, sees first what moves, confirms with a reason, and undoes it."""
import datetime
import json
import unittest

import centre


class CalendarTest(centre.Test):
    def next_working_day(self):
        day = self.centre.today + datetime.timedelta(days=1)
        while day.weekday() > 4 or str(day) in self.exceptions(day.year):
            day += datetime.timedelta(days=1)
        return day

    def exceptions(self, year):
        """The days of a year that differ from the plain week."""
        days = json.loads(self.centre.run("calendar", "show", str(year), "--json"))["days"]
        return {day["date"] for day in days}

    def test_preview_adopt_undo(self):
        self.sign_in()
        self.language("ru")
        self.open("/calendar")
        self.assertAccessible()
        day = self.next_working_day()
        self.browser.execute_script(
            "document.getElementById('field-date').value = arguments[0]", day.isoformat())
        self.find("#field-kind option[value=transferredDayOff]").click()
        self.find("#field-nameKK").send_keys("Ауыстырылған күн")
        self.find("#field-nameRU").send_keys("Перенос")
        self.find("#field-basisKK").send_keys("Тексеру № 1")
        self.find("#field-basisRU").send_keys("Проверка № 1")
        self.send(self.find("#change ~ form button[type=submit]"))

        self.wait(lambda: "/calendar/preview" in self.browser.current_url)
        self.assertAccessible()
        moves = int(self.all(".tile-value")[1].text)
        self.assertGreater(moves, 0, "the demonstration has terms that run over the next working day")
        self.find("#field-reason").send_keys("Проверочная причина")
        self.send(self.find("#confirm ~ form button[type=submit]"))
        self.wait(lambda: self.browser.current_url.endswith("/calendar"))
        self.assertIn("Проверочная причина", self.find("main").text)
        self.assertIn("Перенос", self.find("main").text)

        self.send(self.find("button[value=undo]"))
        self.wait(lambda: "/calendar/preview" in self.browser.current_url)
        self.assertEqual(int(self.all(".tile-value")[1].text), moves)
        self.find("#field-reason").send_keys("Отмена проверки")
        self.send(self.find("#confirm ~ form button[type=submit]"))
        self.wait(lambda: self.browser.current_url.endswith("/calendar"))
        self.assertNotIn("Перенос", self.find("#exceptions ~ div").text)
        self.assertIn("Отмена проверки", self.find("main").text)
        self.assertQuiet()


if __name__ == "__main__":
    unittest.main()
