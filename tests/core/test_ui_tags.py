"""What templates say: badges, due dates, amounts, icons, steps, slots, history."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.template import Context, Template
from django.utils import translation

from loa.core import due, history, slots
from loa.core.browsers import browser_name
from loa.core.models import CalendarDay, Entry
from loa.core.templatetags import ui
from loa.core.workflow import OpenStep, Step

pytestmark = pytest.mark.django_db  # due dates are counted with the calendar of the installation
THURSDAY = date(2019, 6, 6)


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def render(source, **context):
    return Template(source).render(Context(context)).strip()


class Thing:
    def __init__(self, state, tone=None):
        self.state = state
        if tone:
            self.state_tone = tone

    def get_state_display(self):
        return self.state.capitalize()


def test_badge_escapes_its_words():
    assert ui.badge("<b>", "late") == '<span class="badge badge--late">&lt;b&gt;</span>'


def test_badge_of_unknown_tone_is_plain():
    assert ui.badge("x", "pink") == '<span class="badge badge--plain">x</span>'


@pytest.mark.parametrize(
    ("thing", "tone"),
    [
        (Thing("done"), "done"),
        (Thing("with_head"), "wait"),
        (Thing("never_heard_of"), "plain"),
        (Thing("accepted", "done"), "done"),
    ],
)
def test_state_badge_takes_the_tone_of_the_state_or_the_object(thing, tone):
    expected = f'<span class="badge badge--{tone}">{thing.get_state_display()}</span>'

    assert ui.state_badge(thing) == expected


@pytest.mark.parametrize(
    ("due_on", "options", "label", "tone"),
    [
        (date(2019, 6, 3), {}, "Overdue by 3 days", "late"),
        (date(2019, 6, 5), {}, "Overdue by 1 day", "late"),
        (THURSDAY, {}, "Due today", "soon"),
        (THURSDAY, {"is_before": True}, "Overdue by 1 day", "late"),
        (date(2019, 6, 7), {}, "1 working day left", "soon"),
        (date(2019, 6, 10), {}, "2 working days left", "soon"),
        (date(2019, 6, 10), {"is_before": True}, "1 working day left", "soon"),
        (date(2019, 6, 13), {}, "5 working days left", "soon"),
        (date(2019, 6, 14), {}, "14/06/2019", "plain"),
        (date(2019, 6, 20), {"is_before": True}, "before 20/06/2019", "plain"),
        (date(2019, 6, 3), {"is_open": False}, "03/06/2019", "plain"),
    ],
)
def test_due_date_in_words(today, due_on, options, label, tone):
    today(THURSDAY)

    told = due.tell(due_on, **options)

    assert (told.label, told.tone) == (label, tone)


def test_due_date_on_a_saturday_counts_no_working_day(today):
    today(date(2019, 6, 7))

    told = due.tell(date(2019, 6, 8))

    assert (told.label, told.tone) == ("0 working days left", "soon")


def test_due_date_counts_with_the_days_of_this_installation(today):
    CalendarDay.objects.create(date=date(2019, 6, 7), kind="off", name="Nghỉ hoán đổi")
    today(THURSDAY)

    assert due.tell(date(2019, 6, 10)).label == "1 working day left"


def test_due_date_says_the_weekday_in_the_readers_language(today):
    today(THURSDAY)

    english = due.tell(date(2019, 6, 10)).title
    with translation.override("vi"):
        vietnamese = due.weekday(date(2019, 6, 10))

    assert (english, vietnamese) == ("Monday, 10/06/2019", "Thứ Hai")


def test_due_date_beyond_the_calendar_is_told_by_date(today):
    today(date(2055, 1, 1))

    assert due.tell(date(2055, 3, 1)).label == "01/03/2055"


def test_due_badge_leads_to_how_it_was_counted(today):
    today(THURSDAY)

    assert ui.due_badge(date(2019, 6, 10), is_before=True) == (
        '<a class="badge badge--soon badge--link" href="/han/?due=2019-06-09" '
        'title="Monday, before 10/06/2019">1 working day left</a>'
    )


def test_due_badge_inside_a_link_is_no_link(today):
    today(THURSDAY)

    assert ui.due_badge(date(2019, 6, 3), link=False) == (
        '<span class="badge badge--late" title="Monday, 03/06/2019">Overdue by 3 days</span>'
    )


def test_due_badge_without_a_date_says_so():
    assert ui.due_badge(None) == '<span class="badge badge--plain">No date set</span>'


def test_icon_is_silent_unless_it_has_a_title():
    assert ui.icon("bell") == (
        '<svg class="icon" aria-hidden="true"><use href="/static/core/icons.svg#bell"></use></svg>'
    )
    assert ui.icon("bell", "Notices") == (
        '<svg class="icon" role="img" aria-label="Notices"><use href="/static/core/icons.svg#bell"></use></svg>'
    )


@pytest.mark.parametrize(
    ("name", "value", "printed"),
    [
        ("day", date(2019, 2, 1), "01/02/2019"),
        ("day", datetime(2019, 2, 1, 18, 0, tzinfo=UTC), "02/02/2019"),
        ("day", None, ""),
        ("moment", datetime(2019, 2, 1, 18, 5, tzinfo=UTC), "02/02/2019 01:05"),
        ("moment", None, ""),
        ("money", 1234567, "1.234.567 ₫"),
        ("money", 0, "0 ₫"),
        ("money", None, ""),
        ("quantity", 1234567, "1.234.567"),
        ("quantity", Decimal("1234.50"), "1.234,5"),
        ("quantity", Decimal("6.000"), "6"),
        ("quantity", 100, "100"),
        ("quantity", None, ""),
        ("filesize_vi", 850, "850 B"),
        ("filesize_vi", 12_500, "12 KB"),
        ("filesize_vi", 1_300_000, "1,2 MB"),
        ("filesize_vi", 3 * 1024**3, "3 GB"),
        ("filesize_vi", None, ""),
        ("unlocalized", Decimal("1234.5"), "1234.5"),
    ],
)
def test_filter_prints_as_offices_write(name, value, printed):
    assert render("{{ value|" + name + " }}", value=value) == printed


def test_bar_over_the_full_count_is_full_once():
    rendered = render('{% bar 8 6 "đối thoại" %}')

    assert rendered == (
        '<span class="bar bar--done"><span class="bar__words"><b>8/6</b> đối thoại</span>'
        '<progress class="bar__line" max="6" value="6" aria-label="đối thoại">8/6</progress></span>'
    )


def test_bar_of_nothing_is_empty():
    assert 'max="1" value="0"' in render("{% bar 0 0 %}")


def test_step_buttons_link_open_steps_and_explain_closed_ones(settings):
    settings.ROOT_URLCONF = __name__
    steps = [
        Step("submit", (), "a", "x", "Submit", tone="main"),
        OpenStep(Step("close", (), "a", "x", "Close"), why_not="Not while it is a draft."),
    ]

    rendered = ui.step_buttons(steps, "take_step", 7)

    assert rendered == (
        '<a class="button button--main" href="/7/submit/">Submit</a>\n'
        '<span class="button button--off" role="link" aria-disabled="true">Close</span> '
        '<span class="why-not">Not while it is a draft.</span>'
    )


def test_slot_is_a_link_that_htmx_replaces(settings, monkeypatch):
    settings.ROOT_URLCONF = __name__
    monkeypatch.setattr(slots, "_fragments", {})
    slots.register("task", "money_of", "Money")

    rendered = render('{% slot "task" thing %}', thing=Entry(pk=5))

    assert rendered == (
        '<section class="card slot" hx-get="/money/5/" hx-trigger="load" hx-swap="innerHTML">'
        '<h2 class="card__title"><a href="/money/5/">Money</a></h2></section>'
    )


def test_slot_that_nobody_fills_is_empty():
    assert render('{% slot "nowhere" thing %}', thing=Entry(pk=5)) == ""


def test_url_of_a_page_that_does_not_exist_is_empty():
    assert (ui.url_if_any("no:such"), ui.url_if_any("core:language")) == ("", "/ngon-ngu/")


def test_history_line_names_states_and_the_hat_of_the_day(monkeypatch):
    monkeypatch.setattr(history, "_sentences", {})
    monkeypatch.setattr(history, "_state_names", {})
    history.describe_flow("case", {"open": "Open", "shut": "Shut"}, {"close": "Close it"})
    entry = Entry(
        action="case.close",
        actor="clock",
        hat="so-nv",
        note="Too late.",
        data={"from": "open", "to": "shut", "hat_name": "Sở Nội vụ"},
        at=datetime(2019, 6, 3, tzinfo=UTC),
    )

    told = history.line(entry)

    assert (told.sentence, told.who, told.hat, told.source, told.target, told.note) == (
        "Close it",
        "The calendar",
        "Sở Nội vụ",
        "Open",
        "Shut",
        "Too late.",
    )


def test_history_prefers_the_sentence_of_the_app_whatever_came_first(monkeypatch):
    monkeypatch.setattr(history, "_sentences", {})
    monkeypatch.setattr(history, "_state_names", {})
    history.describe_with({"case.close": "Closed the case"})
    history.describe_flow("case", {}, {"close": "Close it"})

    assert history.line(Entry(action="case.close")).sentence == "Closed the case"


def test_history_shows_an_unknown_action_rather_than_hiding_it():
    told = history.line(Entry(action="odd_thing.turned_round"))

    assert (told.sentence, told.who, told.target) == ("Odd thing turned round", "The system", "")


def test_history_tag_prints_the_note_escaped():
    entry = Entry(action="a.b", note="<i>", at=datetime(2019, 6, 3, 2, 5, tzinfo=UTC))

    rendered = render("{% history entries %}", entries=[entry])

    assert '<blockquote class="timeline__note">&lt;i&gt;</blockquote>' in rendered
    assert (
        '<time class="timeline__when" datetime="2019-06-03T09:05:00+07:00">03/06/2019 09:05</time>'
        in rendered
    )


def test_history_of_nothing_says_so():
    assert render("{% history entries %}", entries=[]) == '<p class="muted">Nothing has happened yet.</p>'


@pytest.mark.parametrize(
    ("signature", "name"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/120 Safari/537.36 Edg/120",
            "Edge, Windows",
        ),
        (
            "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 coc_coc_browser/120 Chrome/114",
            "Cốc Cốc, Windows",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Safari/604.1",
            "Safari, iPhone",
        ),
        ("curl/8.0", "curl/8.0"),
        ("", "?"),
    ],
)
def test_browser_name_in_words(signature, name):
    assert browser_name(signature) == name


def take_step(request, pk, step):
    """Only its address is of interest."""


def _addresses():
    from django.urls import path

    return [
        path("<int:pk>/<str:step>/", take_step, name="take_step"),
        path("money/<int:pk>/", take_step, name="money_of"),
    ]


urlpatterns = _addresses()
