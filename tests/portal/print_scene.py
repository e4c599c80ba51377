import io
from dataclasses import dataclass, field
from datetime import date

import pytest
import typst

from factories import make_agency, make_assignment, make_plan, make_task, make_user
from loa.core import uploads
from loa.plans.models import Target
from loa.portal import actions
from officialdoc.read.look import look

TODAY = date(2019, 6, 3)
WORDS = "#set page(width: 100mm, height: 150mm)\n= Một cửa\nNộp hồ sơ tại Bộ phận Một cửa của xã, phường.\n#pagebreak()\n= Trang hai\nGiữ giấy hẹn để nhận kết quả."


def make_pdf(words=WORDS):
    return typst.compile(words.encode(), format="pdf")


def checked(content, name):
    return uploads.check_upload(io.BytesIO(content), name)


@pytest.fixture(scope="session")
def pdf():
    return make_pdf()


@dataclass
class Scene:
    """An agency that publishes for its task, two that get copies, one that has no part."""

    publisher: object
    north: object
    south: object
    outside: object
    work: object
    pdf: bytes
    people: dict = field(default_factory=dict)

    def person(self, agency, *roles):
        key = (agency.pk, roles)
        if key not in self.people:
            self.people[key] = make_user(agency, *roles)
        return self.people[key]

    @property
    def writer(self):
        return self.person(self.publisher, "focal_point")

    @property
    def head(self):
        return self.person(self.publisher, "head")

    def draft(self, **fields):
        given = {
            "kind": "leaflet",
            "title": "Tờ gấp Một cửa",
            "about": "Nộp hồ sơ ở đâu.",
            "print_run": 1000,
            "assignment": self.work,
            **fields,
        }
        return actions.write_publication(**given, by=self.writer)

    def with_file(self, publication, *, purpose="reading", name="to-gap.pdf"):
        file = actions.attach_publication_file(
            publication, purpose=purpose, upload=checked(self.pdf, name), by=self.writer
        )
        actions.look_at_file(file, reader=look)  # quicker than the process of its own
        publication.refresh_from_db()
        return file

    def take(self, publication, *steps, note="Vì sao"):
        by = {"approve": self.head, "withdraw": self.head, "restore": self.head}
        for step in steps:
            actions.take_publication_step(publication, step, note=note, by=by.get(step, self.writer))
        return publication

    def approved(self, **fields):
        publication = self.draft(**fields)
        self.with_file(publication)
        return self.take(publication, "hand_to_editor", "approve")

    def released(self, **fields):
        return self.take(self.approved(**fields), "release")

    def round(self, publication, *, confirm_by=date(2019, 6, 13), **lines):
        dispatch = actions.prepare_dispatch(publication, as_of=TODAY, confirm_by=confirm_by, by=self.writer)
        for name, each in lines.items():
            actions.add_dispatch_line(dispatch, agency=getattr(self, name), each=each, by=self.writer)
        return dispatch

    def sent(self, publication=None, **lines):
        dispatch = self.round(publication or self.approved(), **(lines or {"north": 300, "south": 200}))
        actions.send_dispatch(dispatch, by=self.writer)
        return dispatch


@pytest.fixture
def prints(db, today, pdf, settings, tmp_path):
    today(TODAY)
    settings.STORAGES = {
        **settings.STORAGES,
        "public": {
            **settings.STORAGES["public"],
            "OPTIONS": {"location": tmp_path / "public", "base_url": "/tep/"},
        },
    }
    publisher = make_agency("Sở Thông tin", symbol="STTTT", place="Hải Phòng")
    plan = make_plan(coordinator=make_agency("Sở Điều phối"))
    work = make_assignment(publisher, task=make_task(plan, content="In tờ gấp"), state="in_progress")
    Target.objects.create(task=work.task, measure="tờ gấp", quantity=5000, unit="tờ gấp")
    return Scene(
        publisher, make_agency("UBND quận Bắc"), make_agency("UBND quận Nam"), make_agency(), work, pdf
    )
