"""What tests of requests have in common: days of the past, and the forms of steps."""
import datetime

import centre


class Desk(centre.Test):
    """Records the steps of a request as a coordinator does."""

    def day(self, back):
        return self.centre.today - datetime.timedelta(days=back)

    def at(self, back, hour):
        return f"{self.day(back)}T{hour:02}:00"

    def put(self, step, name, value):
        field = self.find(f"#field-{step}-{name}")
        if field.get_attribute("type") == "datetime-local":
            # Typing into it depends on the language of the machine.
            self.browser.execute_script("arguments[0].value = arguments[1]", field, value)
        elif field.tag_name == "select":
            field.send_keys(value)
        else:
            field.clear()
            field.send_keys(value)

    def pick(self, step, name, value):
        self.browser.execute_script("arguments[0].click()", self.find(f"#field-{step}-{name}-{value}"))

    def record(self, step, fields=(), choices=(), ticks=()):
        self.browser.execute_script(
            "const step = document.getElementById(arguments[0]); if (step) step.open = true;", "step-" + step)
        for name, value in fields:
            self.put(step, name, value)
        for name, value in choices:
            self.pick(step, name, value)
        for name in ticks:
            self.browser.execute_script("arguments[0].click()", self.find(f"#field-{step}-{name}"))
        button = self.browser.execute_script(
            "return document.querySelector(`input[name=step][value='${arguments[0]}']`).form"
            ".querySelector('button[type=submit]')", step)
        self.send(button)
        self.assertEqual([error.text for error in self.all(".field-error")], [], step)
