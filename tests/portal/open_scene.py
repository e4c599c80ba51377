"""A public plan with everything that must stay inside written beside it, each secret marked."""

from datetime import UTC, date, datetime

from django.core.files.base import ContentFile

from factories import (
    make_agency,
    make_approval,
    make_assignment,
    make_budget,
    make_duty,
    make_estimate,
    make_line,
    make_plan,
    make_task,
    make_user,
)
from loa.core import history
from loa.plans.models import (
    CommunicationForm,
    Deliverable,
    Explanation,
    Extension,
    Occurrence,
    ProgressNote,
    Target,
    Topic,
)
from loa.portal.actions import Shown, publish_plan
from loa.reports.actions import load_templates
from loa.reports.models import Consolidation, ReportRound, ReportTemplate

TODAY = date(2019, 6, 3)
NOW = datetime(2019, 6, 3, 3, 0, tzinfo=UTC)
SECRET = "MẬT-NỘI-BỘ"
ALL_SHOWN = Shown(introduction="Để người dân biết.", shows_money=True)


class Scene:
    def __init__(self):
        self.plan = make_plan(number="42/KH-UBND")
        self.head = make_user(self.plan.coordinator, "head", full_name=f"{SECRET} Trưởng")
        self.lead = make_agency("Sở Chủ trì")
        self.union = make_agency("Liên đoàn Lao động", kind="union")
        self.officer = make_user(self.lead, "officer", full_name=f"{SECRET} Chuyên viên")
        self._tasks()
        self._secrets()

    def _tasks(self):
        self.topic = Topic.objects.create(plan=self.plan, label="a", text="Thủ tục hành chính", position=1)
        self.form = CommunicationForm.objects.create(plan=self.plan, label="a", text="Đối thoại", position=1)
        self.late = make_assignment(
            self.lead,
            task=make_task(self.plan, content="Tổ chức đối thoại trực tuyến", due_on=date(2019, 5, 31)),
            state="returned",
            officer=self.officer,
        )
        self.late.task.topics.add(self.topic)
        self.late.task.forms.add(self.form)
        self.done = make_assignment(
            self.lead,
            task=make_task(self.plan, content="In tờ gấp tuyên truyền"),
            state="done",
            submitted_on=date(2019, 4, 1),
            done_at=NOW,
        )
        self.political = make_assignment(
            self.union, task=make_task(self.plan, content="Sân khấu hóa"), state="in_progress"
        )
        self.target = Target.objects.create(
            task=self.late.task, measure="cuộc đối thoại", quantity=6, unit="cuộc đối thoại"
        )
        self.occurrence = Occurrence.objects.create(
            task=self.late.task, position=1, title="Đối thoại kỳ 1", on=date(2019, 5, 20), state="held"
        )

    def _secrets(self):
        """Whatever the staff write and file about the work."""
        ProgressNote.objects.create(
            assignment=self.late,
            on=TODAY,
            done=f"{SECRET} đã làm",
            obstacles=f"{SECRET} vướng mắc",
            proposals=f"{SECRET} đề xuất",
            by=self.officer,
            at=NOW,
        )
        for number in range(4):
            Deliverable.objects.create(
                assignment=self.late,
                agency=self.lead,
                kind="file",
                title=f"{SECRET} biên bản {number}",
                on=TODAY,
                source=f"file:{SECRET}:{number}",
                unit="cuộc đối thoại",
                link=f"https://noi-bo.example/{SECRET}",
                file=ContentFile(b"paper", name="paper"),
                file_name=f"{SECRET}.pdf",
                sha256=str(number) * 64,
                by=self.officer,
                recorded_at=NOW,
            )
        Explanation.objects.create(
            assignment=self.late, question=f"{SECRET} vì sao", answer=SECRET, asked_by=self.head, asked_at=NOW
        )
        Extension.objects.create(
            assignment=self.late,
            new_due_on=date(2019, 7, 1),
            reason=f"{SECRET} bão",
            asked_by=self.officer,
            asked_at=NOW,
        )
        moved = {"from": "2019-05-15", "to": "2019-05-31"}
        history.record(self.late, "assignment.extend", by=self.head, note=f"{SECRET} vì bão", data=moved)
        history.record(self.late, "assignment.reopen", by=self.head, note=f"{SECRET} chưa đạt")
        make_duty(self.plan, self.lead)
        self.late.task.note = f"{SECRET} ghi chú"
        self.late.task.closing_note = SECRET
        self.late.task.save()

    def publish(self, shown=ALL_SHOWN):
        return publish_plan(self.plan, shown, by=self.head)

    def give_money(self):
        """Approved 3 million of 5 proposed for a task, and an estimate that is nobody's business yet."""
        budget = make_budget(self.plan)
        estimate = make_estimate(budget, self.lead, state="approved")
        line = make_line(estimate, task=self.late.task, content=SECRET, quantity=1, unit_price=5_000_000)
        make_approval(budget, {line: 3_000_000})
        asked = make_estimate(budget, self.union, state="submitted")
        make_line(asked, task=self.political.task, content=SECRET, quantity=1, unit_price=7_777_777)
        return line

    def issue_report(self):
        load_templates()
        template = ReportTemplate.objects.order_by("pk").first()
        its_round = ReportRound.objects.create(
            plan=self.plan,
            template=template,
            kind="quarterly",
            period="2019-Q1",
            title="Báo cáo quý I năm 2019",
            data_from=date(2019, 1, 1),
            data_to=date(2019, 3, 31),
            due_on=date(2019, 4, 5),
            opened_at=NOW,
        )
        document = self.plan.document
        document.pk, document.printed_number, document.kind = None, "15/BC-STTTT", "BÁO CÁO"
        document._state.adding = True
        document.save()
        self.plan.refresh_from_db()
        return Consolidation.objects.create(
            round=its_round,
            state="issued",
            document=document,
            drafted_at=NOW,
            issued_at=NOW,
            signed_file=ContentFile(b"%PDF-1.4 signed", name="signed"),
            sha256="9" * 64,
        )
