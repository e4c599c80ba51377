"""When mail leaves: at once, in the digest of the day, after quiet hours; each exactly once."""

from datetime import UTC, date, datetime, time

import pytest
from django.core import mail

from factories import make_agency, make_user
from loa.channels import actions, clocks
from loa.channels.models import Delivery, MailSettings, Notice
from loa.channels.queries import quiet_until
from loa.core import clock
from loa.core.calendar_data import load_calendar

EVENING = datetime(2019, 6, 3, 13, 0, tzinfo=UTC)  # Monday 20:00 in the city
MORNING = datetime(2019, 6, 4, 0, 30, tzinfo=UTC)  # Tuesday 07:30


@pytest.fixture
def at(monkeypatch):
    """Play a moment: `at(EVENING)`."""

    def play(moment):
        monkeypatch.setattr(clock, "now", lambda: moment)
        return moment

    return play


@pytest.fixture
def tell(db, django_capture_on_commit_callbacks):
    def send(*people, key="assignment.submit:1", body="Nội dung"):
        with django_capture_on_commit_callbacks(execute=True):
            return actions.notify(people, key=key, subject=lambda: "Việc mới", body=lambda: body, url="/x/")

    return send


@pytest.fixture
def digest(django_capture_on_commit_callbacks):
    def send(now):
        with django_capture_on_commit_callbacks(execute=True):
            return clocks.send_digests(now)

    return send


def reader(**settings):
    user = make_user(make_agency())
    MailSettings.objects.create(user=user, **settings)
    return user


def test_digest_is_one_mail_with_all_lines(at, tell, digest):
    user = reader(choices={"waiting": "digest"})
    at(EVENING)
    tell(user)
    tell(user, key="assignment.submit:2")
    before = len(mail.outbox)

    at(MORNING)
    digest(MORNING)
    digest(MORNING)

    assert (before, len(mail.outbox)) == (0, 1)
    assert mail.outbox[0].subject == "2 thông báo, ngày 04/06/2019"
    assert Delivery.objects.get().lines.count() == 2


def test_nothing_kept_makes_no_digest(at, tell, digest):
    reader(choices={"waiting": "digest"})

    assert digest(at(MORNING)) == 0
    assert mail.outbox == []


def test_digest_waits_for_its_hour(at, tell, digest):
    user = reader(choices={"waiting": "digest"}, digest_hour=9)
    at(EVENING)
    tell(user)

    assert digest(at(MORNING)) == 0


def test_what_comes_after_the_hour_waits_for_the_next_day(at, tell, digest):
    user = reader(choices={"waiting": "digest"})
    at(MORNING)
    tell(user)

    assert digest(MORNING) == 0
    assert digest(at(datetime(2019, 6, 5, 0, 30, tzinfo=UTC))) == 1


def test_digest_leaves_no_day_off_where_one_wants_quiet(at, tell, digest):
    load_calendar()
    user = reader(choices={"waiting": "digest"}, is_quiet_on_days_off=True)
    at(datetime(2019, 6, 7, 13, 0, tzinfo=UTC))  # Friday evening
    tell(user)

    saturday = digest(at(datetime(2019, 6, 8, 0, 30, tzinfo=UTC)))
    monday = digest(at(datetime(2019, 6, 10, 0, 30, tzinfo=UTC)))

    assert (saturday, monday) == (0, 1)


def test_line_is_in_one_digest_only(at, tell, digest):
    user = reader(choices={"waiting": "digest"})
    at(EVENING)
    tell(user)
    digest(at(MORNING))

    assert digest(at(datetime(2019, 6, 5, 0, 30, tzinfo=UTC))) == 0
    assert len(mail.outbox) == 1


@pytest.mark.parametrize(
    ("choice", "urgent", "kept"),
    [("digest", True, "now"), ("digest", False, "digest"), ("never", True, "never"), ("now", True, "now")],
)
def test_urgent_kinds_pass_the_digest_where_one_wants(tell, choice, urgent, kept):
    user = reader(choices={"returned": choice}, sends_urgent_at_once=urgent)

    tell(user, key="assignment.return_to_agency:1")

    assert Notice.objects.get().mail == kept


def test_who_wants_no_mail_gets_none(tell):
    user = make_user(make_agency(), wants_mail=False)

    tell(user)

    assert (Notice.objects.get().mail, Delivery.objects.count()) == ("never", 0)


def test_mail_of_quiet_hours_leaves_once_after_them(at, tell, django_capture_on_commit_callbacks):
    user = reader(quiet_from=time(18), quiet_to=time(7))
    at(EVENING)
    tell(user)
    at(datetime(2019, 6, 3, 23, 59, tzinfo=UTC))  # 06:59
    too_early = clocks.send_unsent()

    at(MORNING)
    clocks.send_unsent()
    clocks.send_unsent()

    assert (too_early, len(mail.outbox)) == (0, 1)


def test_urgent_mail_leaves_in_quiet_hours(at, tell):
    at(EVENING)

    tell(reader(quiet_from=time(18), quiet_to=time(7)), key="assignment.return_to_agency:1")

    assert len(mail.outbox) == 1


@pytest.mark.parametrize(
    ("wishes", "moment", "until"),
    [
        ({}, (3, 20, 0), None),
        ({"quiet_from": time(18), "quiet_to": time(7)}, (3, 17, 59), None),
        ({"quiet_from": time(18), "quiet_to": time(7)}, (3, 18, 0), (4, 7, 0)),
        ({"quiet_from": time(18), "quiet_to": time(7)}, (4, 6, 59), (4, 7, 0)),
        ({"quiet_from": time(18), "quiet_to": time(7)}, (4, 7, 0), None),
        ({"quiet_from": time(12), "quiet_to": time(13)}, (3, 12, 30), (3, 13, 0)),
        ({"is_quiet_on_days_off": True}, (7, 20, 0), None),
        ({"is_quiet_on_days_off": True}, (8, 9, 0), (10, 0, 0)),
        ({"is_quiet_on_days_off": True, "quiet_from": time(18), "quiet_to": time(7)}, (7, 20, 0), (10, 7, 0)),
        ({"quiet_from": time(8), "quiet_to": time(8)}, (3, 9, 0), None),
    ],
)
def test_quiet_ends_when_it_should(db, wishes, moment, until):
    load_calendar()

    found = quiet_until(MailSettings(**wishes), local(*moment))

    assert found == (local(*until) if until else None)


def local(day, hour, minute):
    from django.utils import timezone

    return datetime(2019, 6, day, hour, minute, tzinfo=timezone.get_default_timezone())


@pytest.mark.parametrize(
    ("language", "subject", "words"),
    [("both", "Việc mới", 2), ("vi", "Việc mới", 1), ("en", "Việc mới", 1)],
)
def test_mail_speaks_the_languages_chosen(tell, language, subject, words):
    tell(reader(language=language))

    (message,) = mail.outbox
    assert message.subject == subject
    assert message.body.count("/x/") == words
    (html, kind) = message.alternatives[0]
    assert (kind, html.count('href="http://127.0.0.1:8000/x/"')) == ("text/html", words)


def test_plain_text_reads_well(tell):
    tell(reader(language="vi"))

    assert mail.outbox[0].body == (
        "Việc mới\n\nNội dung\n\nhttp://127.0.0.1:8000/x/\n\n-- \n"
        "Đổi cách nhận thông báo: http://127.0.0.1:8000/thong-bao/cai-dat/\n\n"
    )


def test_words_of_a_notice_are_no_markup(tell):
    tell(reader(), body="<b>1 & 2</b>")

    assert "<b>1 & 2</b>" in mail.outbox[0].body
    assert "&lt;b&gt;1 &amp; 2&lt;/b&gt;" in mail.outbox[0].alternatives[0][0]


def test_settings_are_kept(as_user, db):
    user = make_user(make_agency())
    kinds = {f"kind_{kind}": "digest" for kind in Notice.Kind.values}

    response = as_user(user).post(
        "/thong-bao/cai-dat/",
        {**kinds, "digest_hour": "9", "quiet_from": "18:00", "quiet_to": "07:00", "language": "en"},
    )

    kept = MailSettings.objects.get(user=user)
    assert response.status_code == 302
    assert (kept.digest_hour, kept.quiet_from, kept.language) == (9, time(18), "en")
    assert (kept.choices["work"], kept.sends_urgent_at_once) == ("digest", False)


def test_half_of_the_quiet_hours_is_refused_and_kept(as_user, db):
    user = make_user(make_agency())
    kinds = {f"kind_{kind}": "now" for kind in Notice.Kind.values}

    response = as_user(user).post(
        "/thong-bao/cai-dat/", {**kinds, "digest_hour": "9", "quiet_from": "18:00", "language": "vi"}
    )

    assert response.status_code == 422
    assert 'value="18:00"' in response.content.decode()
    assert not MailSettings.objects.exists()


def test_day_of_a_digest_is_the_city_s(at, tell, digest):
    user = reader(choices={"waiting": "digest"}, digest_hour=0)
    at(EVENING)
    tell(user)

    digest(at(datetime(2019, 6, 3, 17, 30, tzinfo=UTC)))  # 00:30 on the 4th

    assert Delivery.objects.get().digest_on == date(2019, 6, 4)
