"""A department with its people, the committee's office that oversees, and a running plan."""

from datetime import date

from factories import make_agency, make_plan, make_procedure, make_user, make_version
from loa.core.calendar_data import load_calendar
from loa.procedures.models import ProcedureVersion

TODAY = date(2019, 6, 3)
ROLES = ("officer", "writer", "clerk", "head", "office", "office_head", "leader", "coordinator", "stranger")


class Scene:
    def __init__(self):
        load_calendar()
        self.plan = make_plan(number="42/KH-UBND")
        self.city = self.plan.issuer
        self.agency = make_agency("Sở Tư pháp", code="so-tu-phap", parent=self.city)
        self.office_body = make_agency(
            "Văn phòng UBND thành phố", kind="office", parent=self.city, code="van-phong"
        )
        self.people = {
            "officer": make_user(self.agency, "officer"),
            "writer": make_user(self.agency, "focal_point"),
            "clerk": make_user(self.agency, "clerk"),
            "head": make_user(self.agency, "head"),
            "office": make_user(self.office_body, "focal_point"),
            "office_head": make_user(self.office_body, "head"),
            "leader": make_user(self.city, "leader"),
            "coordinator": make_user(self.plan.coordinator, "focal_point"),
            "stranger": make_user(make_agency("Sở Y tế", code="so-y-te"), "focal_point", "head"),
        }

    def __getattr__(self, name):
        if name in ROLES:
            return self.people[name]
        raise AttributeError(name)

    def procedure(self, **fields):
        return make_procedure(self.agency, **fields)

    def version(self, state="draft", **fields):
        fields.setdefault("written_by", self.writer)
        return self.fresh(make_version(self.procedure(), state=state, **fields))

    def fresh(self, version):
        rows = ProcedureVersion.objects.select_related(
            "procedure__agency", "procedure__field", "online_level"
        )
        return rows.get(pk=version.pk)
