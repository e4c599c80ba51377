from datetime import UTC, date, datetime
from itertools import count

from loa.campaigns.models import Clipping, PressBody, Script, Station
from loa.portal.models import Publication

_serial = count(1)
MADE_AT = datetime(2019, 6, 3, 3, 0, tzinfo=UTC)


def make_script(agency, writer, *, state="draft", **fields):
    station, _is_new = Station.objects.get_or_create(
        agency=None,
        defaults={"name": "Đài", "words_per_minute": 180, "target_seconds": 90, "longest_sentence": 30},
    )
    facts = {"title": "Một cửa về xã", "source": f"text:{next(_serial)}", "station": station, **fields}
    return Script.objects.create(
        agency=agency,
        state=state,
        writer=writer,
        text="Lời.",
        source_text="Lời.",
        spoken_text="Lời.",
        seconds=5,
        target_seconds=90,
        created_at=MADE_AT,
        saved_at=MADE_AT,
        **facts,
    )


def make_publication(agency, writer, *, state="draft", **fields):
    facts = {"kind": "leaflet", "title": "Tờ gấp Một cửa", "about": "Một cửa", **fields}
    return Publication.objects.create(
        agency=agency, state=state, created_by=writer, changed_by=writer, created_at=MADE_AT, **facts
    )


def make_press_body(agency, **fields):
    return PressBody.objects.create(
        **{"name": f"Báo {next(_serial)}", "kind": "print", "agency_of_entry": agency, **fields}
    )


def make_clipping(agency, by, **fields):
    facts = {"title": "Một cửa về xã", "key": f"key-{next(_serial)}", "on": date(2019, 5, 7), **fields}
    facts.setdefault("press_body", PressBody.objects.first() or make_press_body(agency))
    return Clipping.objects.create(agency=agency, by=by, recorded_at=MADE_AT, **facts)
