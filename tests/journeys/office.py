"""A person at a desk, as the stories need one: logs in, opens pages, presses buttons by their names."""

import re
from io import BytesIO

from docx import Document as Word

from fresh_database import built_once
from loa.demo.city import load_city, password
from loa.demo.play import import_plan
from loa.plans.models import Plan

SURE = re.compile("^(Yes, go on|Có, tiếp tục)$")


def open_city():
    """The sample city, before any plan."""
    built_once("city", load_city)


def open_city_with_plan():
    """The sample city on the day its plan has been taken in."""

    def build():
        load_city()
        import_plan()

    built_once("city-with-plan", build)
    return Plan.objects.get()


class Person:
    def __init__(self, page, login):
        self.page = page
        page.goto("/tai-khoan/login/")
        page.fill("input[name=login]", login)
        page.fill("input[name=password]", password())
        page.press("input[name=password]", "Enter")
        page.wait_for_url("**/viec-cua-toi/")

    def opens(self, address):
        self.page.goto(address)
        return self

    def follows(self, name):
        self.page.get_by_role("link", name=name, exact=True).first.click()
        self.page.wait_for_load_state()
        return self

    def presses(self, name):
        self.page.get_by_role("main").get_by_role("button", name=name, exact=True).first.click()
        sure = self.page.get_by_role("button", name=SURE)
        if sure.is_visible():
            sure.click()
        self.page.wait_for_load_state()
        return self

    def chooses(self, step):
        """Take a step offered by a button that leads to a page of its own, and confirm it there."""
        return self.follows(step).presses(step)

    def writes(self, **fields):
        for name, text in fields.items():
            self.page.fill(f"main [name={name}]", text)
        return self

    def attaches(self, name, content, field="file"):
        kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
        self.page.set_input_files(f"main [name={field}]", {"name": name, "mimeType": kind, "buffer": content})
        return self

    def sees(self, text):
        self.page.get_by_text(text).first.wait_for()
        return self

    def downloads(self, name):
        with self.page.expect_download() as waiting:
            self.page.get_by_role("link", name=name).first.click()
        return waiting.value.path().read_bytes()


def paper(text):
    """A small Word file."""
    word, content = Word(), BytesIO()
    word.add_paragraph(text)
    word.save(content)
    return content.getvalue()


def words_of(content):
    """Everything a Word file says, tables included."""
    word = Word(BytesIO(content))
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in word.paragraphs), *cells])
