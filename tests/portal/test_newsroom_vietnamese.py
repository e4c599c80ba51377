"""What editors get: no page of the newsroom shows English, and nothing there fights the language of the header."""

import json
import re
from datetime import timedelta

import pytest
from babel.messages.pofile import read_po
from django.utils import timezone, translation
from django.utils.timesince import timesince
from vietnamese_scene import words_of

from architecture.tree import SOURCE

# Wagtail leaves the file of a picture it has scaled to the garbage collector
pytestmark = [
    pytest.mark.filterwarnings("ignore:Unclosed file <tempfile.SpooledTemporaryFile:ResourceWarning"),
    pytest.mark.filterwarnings("ignore:unclosed file <_io.BufferedRandom:ResourceWarning"),
]
LOCALES = [SOURCE / f"loa/{app}/locale/vi/LC_MESSAGES" for app in ("core", "portal")]
WRITTEN_INTO_TEMPLATES = {  # Wagtail 7.4 does not offer these to translators; a page shows each, else the row goes
    "Search": "a button for browsers without JavaScript, hidden",
    "Actions": "the name of the buttons in the header, for screen readers",
    "None": "a counter that is hidden while empty",
}
NAMES = {"Loa", "Wagtail", "URL", "Root", "from", "to"}  # proper names; the heads of an uploaded file
RESTS_OF_ENGLISH = re.compile(
    r"\b(the|this|these|your|you|of|and|with|minutes?|hours?|days?|bytes)\b", re.IGNORECASE
)


def messages(domain):
    for folder in LOCALES:
        if (file := folder / f"{domain}.po").exists():
            with file.open("rb") as source:
                yield from (message for message in read_po(source, locale="vi") if message.id)


def english():
    """Every English string that has another Vietnamese, of Wagtail and of Loa."""
    found = set()
    for message in (*messages("django"), *messages("djangojs")):
        words = message.string if isinstance(message.string, str) else message.string[0]
        sources = [message.id] if isinstance(message.id, str) else message.id
        found |= {" ".join(text.split()).lower() for text in sources if text != words}
    return found


def pages(furnished):
    story, column, first, second = furnished.story.pk, furnished.column.pk, *furnished.revisions
    picture, attachment = furnished.picture.pk, furnished.attachment.pk
    workflow, task = furnished.workflow.pk, furnished.workflow.tasks.first().pk
    return [
        "",
        "pages/",
        f"pages/{furnished.home.pk}/",
        f"pages/{column}/",
        f"pages/{column}/edit/",
        f"pages/{column}/add_subpage/",
        f"pages/{column}/delete/",
        f"pages/add/portal/story/{column}/",
        f"pages/{story}/edit/",
        f"pages/{story}/history/",
        f"pages/{story}/revisions/compare/{first.pk}...{second.pk}/",
        f"pages/{story}/revisions/{first.pk}/revert/",
        f"pages/{story}/delete/",
        f"pages/{story}/unpublish/",
        f"pages/{story}/move/",
        f"pages/{story}/copy/",
        f"pages/{story}/usage/",
        f"pages/{story}/workflow_history/",
        f"pages/{story}/workflow_history/detail/{furnished.workflow_state.pk}/",
        f"bulk/wagtailcore/page/publish/?id={story}",
        f"bulk/wagtailcore/page/move/?id={story}",
        "pages/search/?q=cua",
        "images/",
        "images/add/",
        "images/multiple/add/",
        f"images/{picture}/",
        f"images/{picture}/delete/",
        f"images/chooser/{picture}/select_format/",
        f"bulk/portal/picture/add_tags/?id={picture}",
        "documents/",
        "documents/add/",
        "documents/multiple/add/",
        f"documents/edit/{attachment}/",
        f"documents/delete/{attachment}/",
        "collections/",
        "collections/add/",
        "redirects/",
        "redirects/add/",
        "redirects/import/",
        "sites/",
        "sites/new/",
        "reports/locked/",
        "reports/workflow/",
        "reports/workflow_tasks/",
        "reports/site-history/",
        "reports/aging-pages/",
        "workflows/list/",
        f"workflows/edit/{workflow}/",
        f"workflows/disable/{workflow}/",
        "workflows/tasks/index/",
        f"workflows/tasks/edit/{task}/",
        "test404/",
        "choose-page/",
        "choose-external-link/",
        "choose-email-link/",
        "choose-phone-link/",
        "choose-anchor-link/",
        "images/chooser/",
        "documents/chooser/",
    ]


def shown(response):
    if response["Content-Type"].startswith("application/json"):
        return words_of(json.loads(response.content)["html"])
    return words_of(response.content.decode())


def test_no_page_of_the_newsroom_shows_english(furnished, as_user):
    browser, known, met, faults, closed = as_user(furnished.editor), english(), set(), {}, []

    for page in pages(furnished):
        response = browser.get(f"/toa-soan/{page}")
        if response.status_code != 200:
            closed.append((page, response.status_code))
            continue
        words = shown(response) - NAMES
        strays = {text for text in words if text.lower() in known or RESTS_OF_ENGLISH.search(text)}
        met |= strays & WRITTEN_INTO_TEMPLATES.keys()
        if strays := strays - WRITTEN_INTO_TEMPLATES.keys():
            faults[page] = sorted(strays)

    assert {status for _page, status in closed} <= {302, 404}  # not offered, or leads on
    assert len(closed) <= 7
    assert faults == {}
    assert met == set(WRITTEN_INTO_TEMPLATES)


def test_script_gets_our_catalogue(furnished, as_user):
    text = as_user(furnished.editor).get("/toa-soan/jsi18n/").content.decode()
    served = json.loads(text.split("const newcatalog = ")[1].split(";\n")[0])

    assert served == {
        m.id if isinstance(m.id, str) else m.id[0]: m.string if isinstance(m.string, str) else list(m.string)
        for m in messages("djangojs")
    }


def test_newsroom_speaks_the_language_of_the_header(furnished, as_user):
    browser = as_user(furnished.editor)
    in_vietnamese_first = browser.get("/toa-soan/images/").content.decode()
    browser.cookies["loa_language"] = "en"
    in_english_then = browser.get("/toa-soan/images/").content.decode()

    assert '<html lang="vi"' in in_vietnamese_first
    assert '<html lang="en"' in in_english_then
    assert "Add an image" in words_of(in_english_then)


def test_labels_that_wagtail_fixes_at_its_start_follow_the_reader(furnished, as_user):
    browser, said = as_user(furnished.editor), []
    for language in ("en", "vi", "en"):
        browser.cookies["loa_language"] = language
        dialog = words_of(
            json.loads(
                browser.get(f"/toa-soan/images/chooser/{furnished.picture.pk}/select_format/").content
            )["html"]
        )
        filters = words_of(browser.get("/toa-soan/redirects/").content.decode())
        said.append(({"Alt text", "Mô tả thay thế"} & dialog, {"Permanent", "Lâu dài"} & filters))

    assert said == [
        ({"Alt text"}, {"Permanent"}),
        ({"Mô tả thay thế"}, {"Lâu dài"}),
        ({"Alt text"}, {"Permanent"}),
    ]


def test_dates_are_written_and_read_as_offices_write_them(furnished, as_user):
    page = as_user(furnished.editor).get(f"/toa-soan/pages/{furnished.story.pk}/edit/").content.decode()

    assert '"format": "d/m/Y H:i"' in page.replace("&quot;", '"')
    assert '"format": "d/m/Y"' in page.replace("&quot;", '"')
    assert "Tháng 1" in json.loads(f'"{page.split(chr(34) + "MONTHS" + chr(34))[1][:200].split(chr(34))[1]}"')
    assert "Y-m-d" not in page


def test_time_that_passed_is_said_in_vietnamese():
    with translation.override("vi"):
        assert timesince(timezone.now() - timedelta(minutes=5)) == "5\xa0phút"
