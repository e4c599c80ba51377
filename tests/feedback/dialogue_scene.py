"""A running dialogue with the people who run it."""

from datetime import UTC, date, datetime, timedelta

from factories import make_agency, make_user
from factories.feedback import make_desk
from loa.core import clock
from loa.events.models import Event
from loa.feedback import actions

DAY = date(2019, 6, 12)


def make_scene():
    """A session that runs: its organiser and chair, one body on the panel, somebody who has no part in it."""
    desk = make_desk()
    city, panel = make_agency("Sở Thông tin và Truyền thông"), make_agency("Sở Tư pháp")
    people = {
        "moderator": make_user(city, "officer"),
        "chair": make_user(city, "head"),
        "officer": make_user(panel, "officer"),
        "head": make_user(panel, "head"),
        "stranger": make_user(make_agency(), "focal_point"),
    }
    start = clock.now()
    event = Event.objects.create(
        kind="dialogue",
        title="Đối thoại về thủ tục hành chính",
        agency=city,
        chair=city,
        chair_title="Giám đốc Sở",
        state="running",
        is_public=True,
        starts_at=start,
        ends_at=start + timedelta(hours=2),
        announced_at=datetime(2019, 6, 1, tzinfo=UTC),
        began_at=datetime(2019, 6, 12, 1, tzinfo=UTC),
        questions_open_at=datetime(2019, 6, 5, tzinfo=UTC),
        created_by=people["moderator"],
        created_at=start,
        changed_by=people["moderator"],
        changed_at=start,
    )
    event.panel.create(agency=panel, position=1)
    return {"event": event, "panel": panel, "desk": desk, **people}


def ask(scene, text="Bao giờ có phiếu hẹn điện tử?", key="k1", token="t1"):
    return actions.ask_question(scene["event"], text, key=key, token=token).case.question


def shown(scene, **asked):
    question = ask(scene, **asked)
    actions.show_question(question, public_text=question.case.content, by=scene["moderator"])
    return question


def drafted(scene, **asked):
    question = shown(scene, **asked)
    actions.route_question(question, scene["panel"], by=scene["moderator"])
    actions.draft_live(question, text="Từ quý III.", edition=0, by=scene["officer"])
    return question
