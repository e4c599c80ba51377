from itertools import count

from factories.directory import make_agency, make_user
from loa.feedback.actions import Identity, Words, assign_case, classify_case, submit_case
from loa.feedback.models import IntakeDesk, Subject

_serial = count(1)
SAID = "Tôi nộp hồ sơ từ tuần trước mà chưa thấy phiếu hẹn trả kết quả."


def make_desk(agency=None, *, officer=None):
    """The body that takes cases in, with the one officer who reads denunciations."""
    agency = agency or make_agency("Văn phòng Ủy ban nhân dân thành phố", kind="office")
    return IntakeDesk.objects.create(agency=agency, denunciation_officer=officer, is_main=True)


def make_subject(name="Hộ tịch", **fields):
    return Subject.objects.create(code=f"subject-{next(_serial)}", name=name, name_en=name, **fields)


def make_case(content=SAID, *, key="", source="web", identity=None, consents=None, by=None, **words):
    """A case that has just come in; needs a desk."""
    receipt = submit_case(
        Words(content=content, **words),
        key=key or f"key-{next(_serial)}",
        source=source,
        identity=identity or Identity(),
        consents=consents,
        by=by,
    )
    return receipt.case


def make_assigned(agency, *, intake, **words):
    """A case that an intake officer has sent to an agency."""
    case = make_case(**words)
    classify_case(case, kind="question", subject=None, by=intake)
    assign_case(case, agency, by=intake)
    return case


def make_people():
    """An intake officer, an agency with officer and head: what most stories need."""
    desk = make_desk()
    agency = make_agency("Sở Tư pháp")
    return {
        "desk": desk,
        "agency": agency,
        "intake": make_user(desk.agency, "clerk"),
        "officer": make_user(agency, "officer"),
        "focal_point": make_user(agency, "focal_point"),
        "head": make_user(agency, "head"),
        "stranger": make_user(make_agency("Sở Xây dựng"), "focal_point"),
    }
