"""Cases at each point of their way, for tests of the desk."""

from factories.feedback import make_assigned
from loa.feedback import actions


def assigned(people, **words):
    return make_assigned(people["agency"], intake=people["intake"], **words)


def answering(people, **words):
    case = assigned(people, **words)
    actions.accept_case(case, officer=people["officer"], by=people["focal_point"])
    return case


def with_head(people, *, text="Mời ông đến nhận phiếu.", **words):
    case = answering(people, **words)
    actions.write_answer(case, text=text, edition=case.edition, by=people["officer"])
    actions.hand_answer_to_head(case, by=people["officer"])
    return case


def approved(people, **words):
    case = with_head(people, **words)
    actions.approve_answer(case, by=people["head"])
    return case


def answered(people, **words):
    case = approved(people, **words)
    actions.send_answer(case, by=people["intake"])
    return case
