"""What the tests of Open311 share: a caller, and a reader that sees JSON and XML as the same data."""

import json

from lxml import etree

from factories.api import make_key
from factories.feedback import make_people, make_subject
from loa.core import clock
from loa.feedback import actions
from loa.feedback.models import Publication

BASE = "/open311/v2"
LETTERS = "loa_khoa-cua-he-thong"
TYPES = {"json": "application/json; charset=utf-8", "xml": "text/xml; charset=utf-8"}
LISTS = {"services", "service_requests", "attributes", "values", "endpoints", "formats", "errors", "updates"}


def make_scene():
    people = make_people()
    people["subject"] = make_subject("Hộ tịch", words="khai sinh, kết hôn", agency=people["agency"])
    people["key"] = make_key(people["officer"], "may_submit", letters=LETTERS)
    return people


def as_data(response, form):
    """JSON as it is; XML by the Spark convention, with every value as text."""
    assert response["Content-Type"] == TYPES[form]
    if form == "json":
        return json.loads(response.content.decode("utf-8"))
    assert response.content.startswith(b'<?xml version="1.0" encoding="UTF-8"?>')
    return _data(etree.fromstring(response.content))


def _data(element):
    if element.tag in LISTS:
        return [_data(child) for child in element]
    if len(element):
        return {child.tag: _data(child) for child in element}
    return element.text


def root_of(response):
    return etree.fromstring(response.content).tag


def report(people, **changes):
    fields = {
        "api_key": LETTERS,
        "service_code": people["subject"].code,
        "description": "Đèn đường ngõ 12 không sáng từ tối thứ Hai.",
        "lat": "20.8449",
        "long": "106.6881",
        **changes,
    }
    return {name: value for name, value in fields.items() if value is not None}


def publish(case, people):
    """Answered and shown to everybody, as the intake does it."""
    actions.accept_case(case, officer=people["officer"], by=people["focal_point"])
    actions.write_answer(case, text="Đã thay bóng.", edition=case.edition, by=people["officer"])
    actions.hand_answer_to_head(case, by=people["officer"])
    actions.approve_answer(case, by=people["head"])
    actions.send_answer(case, by=people["intake"])
    return Publication.objects.create(
        case=case,
        title="Đèn đường không sáng",
        question="Đèn ở một ngõ không sáng.",
        answer="Đã thay bóng ngày 05/03.",
        agency=case.agency,
        published_at=clock.now(),
        by=people["intake"],
    )
