"""The import screen in a browser: text and proposals light each other up, keys, no scripts, axe."""

import pytest

from factories.readings import make_reading, make_town, task_data
from loa.documents.models import Proposal

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSWORD = "mat-khau-thu-2019"
TEXT = "\n".join(
    ["KẾ HOẠCH", *(f"{number}\tTổ chức hội thi {number}\tSở Báo chí" for number in range(1, 40))]
)


@pytest.fixture
def town(transactional_db):
    found = make_town()
    found.importer.set_password(PASSWORD)
    found.importer.save()
    return found


@pytest.fixture
def reading(town):
    rows = []
    for number in range(1, 40):
        words = f"{number}\tTổ chức hội thi {number}\tSở Báo chí"
        start = TEXT.index(words)
        source = {"start": start, "end": start + len(words), "row": number}
        rows.append({**task_data(f"Tổ chức hội thi {number}", no=str(number)), "source": source})
    return make_reading(town, text=TEXT, tasks=rows)


@pytest.fixture
def on_screen(open_page, town, reading):
    """A page signed in as the importer, with the reading open."""

    def go(**options):
        page = open_page(**options)
        page.goto("/tai-khoan/login/")
        page.fill("#id_login", town.importer.username)
        page.fill("#id_password", PASSWORD)
        page.press("#id_password", "Enter")
        page.wait_for_url(lambda url: "/login/" not in url)
        page.goto(reading.get_absolute_url())
        return page

    return go


def task(reading, number):
    return reading.proposals.get(kind="task", position=number - 1)


def lit(page):
    return page.locator(".place__label.is-lit").evaluate_all("them => them.map(each => each.id)")


def test_a_press_in_the_text_opens_the_proposal(on_screen, reading):
    page = on_screen()
    pk = task(reading, 30).pk

    page.click(f"#t-p{pk}")

    page.wait_for_selector(f"#p{pk} details[open]")
    assert lit(page) == [f"t-p{pk}"]


def test_opening_a_proposal_brings_its_place_into_view(on_screen, reading):
    page = on_screen()
    pk = task(reading, 35).pk

    page.click(f"#p{pk} summary")

    page.wait_for_function(
        "id => { const box = document.querySelector('[data-source-text]').getBoundingClientRect();"
        " const place = document.getElementById(id).getBoundingClientRect();"
        " return place.top >= box.top && place.bottom <= box.bottom; }",
        arg=f"t-p{pk}",
    )
    assert lit(page) == [f"t-p{pk}"]


def test_the_work_can_be_done_with_keys_alone(on_screen, reading):
    page = on_screen()

    for key in ("j", "j"):  # the header, the first task
        page.keyboard.press(key)
    page.keyboard.press("Enter")
    page.wait_for_selector(f"#p{task(reading, 2).pk}.is-here")
    page.keyboard.press("x")
    page.wait_for_selector(f"#p{task(reading, 2).pk}.proposal--dropped")

    first, second = task(reading, 1), task(reading, 2)
    assert (first.is_checked, first.is_dropped) == (True, False)
    assert (second.is_checked, second.is_dropped) == (False, True)


def test_a_proposal_is_corrected_in_its_place(on_screen, reading):
    page = on_screen()
    pk = task(reading, 3).pk
    page.click(f"#p{pk} summary")

    page.keyboard.press("e")
    page.fill("#task-content", "Tổ chức hội thi chung khảo")
    page.click(f"#p{pk} button.button--main")
    page.wait_for_selector(f"#p{pk}.proposal--checked")

    assert Proposal.objects.get(pk=pk).data["content"] == "Tổ chức hội thi chung khảo"
    assert page.inner_text("#bar .bar__words b") == "1/40"


@pytest.mark.parametrize(("width", "theme"), [(1280, "light"), (360, "dark")])
def test_the_screen_has_no_flaw_and_fits(on_screen, flaws, reading, width, theme):
    page = on_screen(width=width, theme=theme)
    page.click(f"#p{task(reading, 1).pk} summary")

    found = flaws(page)

    assert found == []
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_without_scripts_links_and_forms_do_the_same(on_screen, reading):
    page = on_screen(java_script_enabled=False)
    pk = task(reading, 1).pk

    page.click(f"#t-p{pk}")
    page.click(f"#p{pk} form[data-act=check] button")

    assert page.url.endswith(f"?p={pk}#p{pk}")
    assert Proposal.objects.get(pk=pk).is_checked is True
