"""Wagtail's editing interface in Vietnamese: complete, true to the glossary, and what editors really get."""

import re
import sys
from importlib.util import module_from_spec, spec_from_file_location

import pytest
from babel.messages.pofile import read_po

from architecture.tree import ROOT, SOURCE

pytestmark = pytest.mark.slow

spec = spec_from_file_location("wagtail_catalogue", ROOT / "scripts/wagtail_catalogue.py")
kept = module_from_spec(spec)
sys.modules[spec.name] = kept
spec.loader.exec_module(kept)

CORE = SOURCE / "loa/core/locale/vi/LC_MESSAGES/django.po"
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}")
TAG = re.compile(r"<[^>]+>")
FEWER_PLACEHOLDERS = {
    # Wagtail's plural counts child pages where there are none
    "Deleting this page will also delete %(translation_count)s translation of this page.",
}
GLOSSARY = [  # what English says, what Vietnamese must then say, where another word is right
    (r"\bpublish(ed|ing)?\b", "xuất bản", ()),
    (r"\bdraft\b", "bản nháp", ()),
    (r"\brevisions?\b", "phiên bản", ()),
    (r"\bunpublish", "gỡ", ("has unpublished changes", "unpublished subpage")),
    (r"\bmoderation\b", "duyệt", ("has been rejected in moderation stage",)),
    (r"\bapprov(e|ed|al)\b", "duyệt", ()),
    (r"\breject(ed)?\b", "trả lại", ()),
    (
        r"\bworkflows?\b",
        "quy trình",
        ("New workflow task", "Workflow progress", "Workflow tasks", "workflow_tasks"),
    ),
    (r"\btasks?\b", "bước", ("Task submitted by",)),
    (r"\bcollections?\b", "bộ sưu tập", ()),
    (r"\bsnippets?\b", "mục dùng chung", ("%(snippet",)),
    (r"\bcomments?\b", "ý kiến", ()),
    (r"\bimages?\b", "ảnh", ()),
    (r"\bdocuments?\b", "tài liệu", ("Django",)),
    (r"\bredirects?\b", "chuyển hướng", ("target page to redirect to",)),
    (r"\bslugs?\b", "đường dẫn", ("[my-slug]",)),
    (r"\balias\b", "bản sao đồng bộ", ()),
    (r"\bgroups?\b", "nhóm", ()),
    (r"\blocales?\b", "ngôn ngữ", ()),
    (r"\bunlock(ed)?\b", "khóa", ()),
    (r"\bschedul(e|ed|ing)\b", "(hẹn giờ|giờ hẹn|lịch)", ()),
]
SPELLING = ["khoá", "xoá", "huỷ", "hoá ", "toà ", "uỷ ", "thuỷ", "lí ", "%(title)s'"]
# the same English for two things: what Loa means is what Wagtail's page shows, and it does no harm there
SHARED_OTHERWISE = {
    "Form": "contrib.forms is not installed",
    "Number": "contrib.forms is not installed",
    "From": "one heading of the import of redirects",
    "Moved": "a kind of change, in another tense",
    "Replied to a comment": "a line of history, in another tense",
}


@pytest.fixture(scope="module", params=kept.DOMAINS)
def domain(request):
    return request.param


def catalogue(domain):
    return kept.read(kept.FOLDER / f"{domain}.po")


def in_vietnamese(domain):
    return {kept.place(m): kept.vietnamese(m, m) for m in kept.strings(catalogue(domain))}


def pairs(domain):
    """(the English whose placeholders count, the Vietnamese) of every message."""
    for message in kept.strings(catalogue(domain)):
        words = kept.vietnamese(message, message)
        yield (
            message.id if isinstance(message.id, str) else message.id[-1],
            words if isinstance(words, str) else words[0],
            message,
        )


def test_every_string_of_the_installed_wagtail_has_vietnamese_and_no_other_is_kept(domain):
    assert kept.misfits(domain) == []


def test_english_catalogues_of_every_part_are_asked():
    parts = {
        str(file).split("site-packages/")[1].split("/locale/en")[0] for file in kept.english_files("django")
    }

    assert parts == {
        "taggit",
        "wagtail",
        "wagtail/admin",
        "wagtail/contrib/forms",
        "wagtail/contrib/redirects",
        "wagtail/contrib/search_promotions",
        "wagtail/contrib/settings",
        "wagtail/contrib/simple_translation",
        "wagtail/contrib/table_block",
        "wagtail/contrib/typed_table_block",
        "wagtail/documents",
        "wagtail/embeds",
        "wagtail/images",
        "wagtail/locales",
        "wagtail/search",
        "wagtail/sites",
        "wagtail/snippets",
        "wagtail/users",
    }


def test_catalogue_is_sorted_and_names_no_place(domain):
    text = (kept.FOLDER / f"{domain}.po").read_text()
    order = [kept.place(message) for message in kept.strings(catalogue(domain))]

    assert order == sorted(order)
    assert "\n#: " not in text
    assert "SPDX-License-Identifier" in text.splitlines()[1]
    assert "nplurals=1" in text


def test_placeholders_survive(domain):
    broken = [
        kept.singular(message)
        for english, vietnamese, message in pairs(domain)
        if sorted(PLACEHOLDER.findall(english)) != sorted(PLACEHOLDER.findall(vietnamese))
        and kept.singular(message) not in FEWER_PLACEHOLDERS
    ]

    assert broken == []


def test_tags_survive_in_their_order(domain):
    broken = [
        english
        for english, vietnamese, _ in pairs(domain)
        if sorted(TAG.findall(english)) != sorted(TAG.findall(vietnamese))
    ]

    assert broken == []


def test_spaces_and_lines_at_the_ends_survive(domain):
    def ends(text):
        return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]

    assert [english for english, vietnamese, _ in pairs(domain) if ends(english) != ends(vietnamese)] == []


@pytest.mark.parametrize(("english", "vietnamese", "other"), GLOSSARY, ids=[row[1] for row in GLOSSARY])
def test_glossary_is_kept(english, vietnamese, other):
    strays = [
        (source, words)
        for domain in kept.DOMAINS
        for source, words, _message in pairs(domain)
        if re.search(english, re.sub(r"%\(\w+\)s|<[^>]+>", " ", source), re.IGNORECASE)
        and not re.search(vietnamese, words, re.IGNORECASE)
        and not any(part in source for part in other)
    ]

    assert strays == []


@pytest.mark.parametrize("wrong", SPELLING)
def test_one_spelling(wrong):
    found = [
        words
        for domain in kept.DOMAINS
        for _source, words, _message in pairs(domain)
        if wrong in words.lower()
    ]

    assert found == []


def test_script_and_page_say_the_same():
    page, script = in_vietnamese("django"), in_vietnamese("djangojs")

    assert {
        key: (script[key], page[key]) for key in script.keys() & page.keys() if script[key] != page[key]
    } == {}


def test_word_that_loa_and_wagtail_share_means_the_same():
    """Loa's catalogue comes first. Give Loa's string a context (pgettext) when Wagtail means something else."""
    with CORE.open("rb") as file:
        ours = {
            m.id: m.string
            for m in read_po(file, locale="vi")
            if isinstance(m.id, str) and m.id and not m.context
        }
    theirs = {
        m.id: m.string for m in kept.strings(catalogue("django")) if isinstance(m.id, str) and not m.context
    }
    otherwise = {words for words in ours.keys() & theirs.keys() if ours[words] != theirs[words]}

    assert otherwise == set(SHARED_OTHERWISE)


# What the script does ---------------------------------------------------------------------------------------
def small(*messages):
    made = kept.Catalog(locale="vi")
    for message in messages:
        made.add(*message[:2], context=message[2] if len(message) > 2 else None)
    return made


def test_merge_keeps_adds_and_drops():
    known = small(("Save", "Lưu"), ("Gone", "Đã bỏ"))

    merged = kept.merge(small(("Save",), ("Quite another thing",)), known)

    assert [(m.id, m.string) for m in kept.strings(merged)] == [("Quite another thing", ""), ("Save", "Lưu")]
    assert [m.id for m in kept.missing(merged)] == ["Quite another thing"]


def test_merge_proposes_the_vietnamese_of_a_string_that_was_reworded():
    known = small(("Select the parent page.", "Chọn trang cha."))

    merged = kept.merge(small(("Select a parent page.",)), known)

    [message] = kept.strings(merged)
    assert (message.string, message.fuzzy) == ("Chọn trang cha.", True)
    assert kept.missing(merged) == [message]


def test_merge_turns_a_single_string_into_a_plural_one():
    merged = kept.merge(small((("%(n)s page", "%(n)s pages"),)), small(("%(n)s page", "%(n)s trang")))

    assert [m.string for m in kept.strings(merged)] == [("%(n)s trang",)]


def test_split_writes_what_wagtail_would_take(tmp_path):
    assert kept.main(["--split", str(tmp_path)]) == 0

    offered = kept.read(tmp_path / "wagtail/admin/locale/vi/LC_MESSAGES/django.po")
    theirs = kept.read(kept.package("wagtail") / "admin/locale/en/LC_MESSAGES/django.po")
    assert [m.id for m in kept.strings(offered)] == [m.id for m in kept.strings(theirs)]
    assert kept.missing(offered) == []
    assert (tmp_path / "wagtail/admin/locale/vi/LC_MESSAGES/djangojs.po").exists()


def test_check_says_what_does_not_fit(tmp_path, monkeypatch, capsys):
    folder = tmp_path / "vi/LC_MESSAGES"
    folder.mkdir(parents=True)
    for name in kept.DOMAINS:
        text = (kept.FOLDER / f"{name}.po").read_text()
        (folder / f"{name}.po").write_text(text.replace('msgid "Save"', 'msgid "Keep"'))
    monkeypatch.setattr(kept, "FOLDER", folder)

    assert kept.main(["--check"]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "django: new in Wagtail: 'Save'",
        "django: no longer in Wagtail: 'Keep'",
        "djangojs: new in Wagtail: 'Save'",
        "djangojs: no longer in Wagtail: 'Keep'",
    ]
