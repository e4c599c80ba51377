"""A rare word in denunciations, to be hunted for: one sent as such, one isolated from a case that had been worked on."""

from loa.core.text import fold
from loa.core.uploads import Upload
from loa.feedback import actions

RARE = "Quỳnhxoăn"
WORDS = [RARE, fold(RARE), RARE.upper()]
PAPER = f"%PDF-1.4 {RARE}".encode()
READER = "clerk"  # the one role that may read it


def found_in(content):
    text = content.decode(errors="ignore") if isinstance(content, bytes) else content
    return [word for word in WORDS if word in text]


def leaks_in(content, *, name, role):
    """The words on a page of somebody who is not to read them."""
    is_readers = role == READER and name.startswith("feedback:denunciation_")
    return [] if is_readers else found_in(content)


def lived_and_isolated(world):
    case = lived(world)
    actions.isolate_case(case, by=world.people["coordinator"])
    return case


def lived(world):
    """A case that was taken in with files, classified, sent, asked about, replied to, and another answered with it."""
    people = world.people
    identity = actions.Identity(name=f"Bà {RARE}", phone="0912 777 111", email="kin@example.test")
    case = actions.submit_case(
        actions.Words(f"Ông {RARE} nhận tiền.\nLần thứ hai.", title=f"Về {RARE}", place=f"Ngõ {RARE}", about=world.lead),
        key="lived",
        source="web",
        identity=identity,
        consents={"contact": f"Cho {RARE} biết"},
        files=[Upload(name=f"{RARE}.pdf", kind="pdf", content=PAPER)],
    ).case  # fmt: skip
    actions.decide_case(
        case, kind="conduct", subject=world.subject, agency=world.lead, by=people["coordinator"]
    )
    actions.ask_information(case, question="Việc xảy ra ngày nào?", by=people["focal_point"])
    actions.end_waiting(case, reply=f"Ngày {RARE}", actor="citizen")
    other = actions.submit_case(actions.Words("Việc khác"), key="other", source="web", identity=identity).case
    actions.merge_case(other, case, by=people["coordinator"])
    return case


def straight(world):
    actions.submit_denunciation(
        actions.Words(f"Tôi tố cáo {RARE}", place=RARE),
        key="straight",
        identity=actions.Identity(name=RARE, email="kin2@example.test"),
        files=[Upload(name=f"{RARE}.pdf", kind="pdf", content=PAPER + b"2")],
    )
