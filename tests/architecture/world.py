"""A small city in which every address has something to show, and one person for each role.

The roles of access.toml: who is "coordinating" works in a body asked to take part, "duty_body" in one with a standing
duty alone, "office" heads the office that accepts the coordinator's own work, "stranger" works in a body the
plan does not name.
"""

from datetime import UTC, date, datetime, timedelta

from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django_q.models import Failure

from factories import (
    make_agency,
    make_approval,
    make_assigned,
    make_assignment,
    make_budget,
    make_duty,
    make_estimate,
    make_event,
    make_group,
    make_invitation,
    make_line,
    make_plan,
    make_procedure,
    make_registration,
    make_task,
    make_user,
    make_version,
)
from factories.api import make_key, make_webhook
from loa.budgets.models import Ceiling, CostNorm
from loa.campaigns.models import (
    Abbreviation,
    Candidate,
    Clipping,
    Feed,
    PressAgreement,
    PressBody,
    Script,
    Station,
)
from loa.channels.models import Delivery, Notice, Outlet, Post, ReminderRule
from loa.core import clock
from loa.core.calendar_data import load_calendar
from loa.core.legal import load_rules
from loa.core.models import CalendarChange, CalendarDay, Job, LegalRule
from loa.core.uploads import Upload
from loa.desk.models import BriefingPack
from loa.directory.models import (
    Agency,
    AgencyName,
    Delegation,
    GroupMember,
    Membership,
    Network,
    NetworkMember,
    Reorganisation,
    ReorganisationDecision,
)
from loa.documents.models import Document, DocumentLink, LegalDocument, Proposal, Reading
from loa.events.models import Certificate, EventMaterial, EventPanel, EventPaper, EventSeries
from loa.feedback.actions import (
    Words,
    accept_case,
    ask_data,
    ask_question,
    ask_share,
    count_for,
    draft_poll,
    keep_file,
    load_grounds,
    load_subjects,
    make_promise,
    open_poll,
    publish_case,
    show_question,
    submit_case,
    submit_denunciation,
)
from loa.feedback.models import AnswerTemplate, Case, IntakeDesk, Rating, RefusalGround, RoutingRule, Subject
from loa.feedback.models import Publication as PublishedAnswer
from loa.plans.models import (
    Amendment,
    AmendmentChange,
    CoordinationRequest,
    Deliverable,
    Explanation,
    Extension,
    Guidance,
    GuidanceFile,
    GuidanceReceipt,
    Occurrence,
    PlanBody,
    SubPlan,
    SubPlanDemand,
    Talk,
    Target,
)
from loa.portal.actions import sites
from loa.portal.models import (
    Contribution,
    Dispatch,
    DispatchLine,
    NewsAssignment,
    Parcel,
    PlanPublication,
    Publication,
    PublicationFile,
    ReportPublication,
    UrgentRelease,
)
from loa.procedures.models import ClarityAnswer, CommunicationProposal, ProcedureFile, ProcedureImport
from loa.reports.actions import load_templates
from loa.reports.models import (
    AgencyReport,
    Consolidation,
    EarlierIssue,
    ReportAttachment,
    ReportComment,
    ReportExtension,
    ReportFigure,
    ReportLine,
    ReportRound,
    ReportTemplate,
    Sentence,
    StandingRule,
)
from loa.reports.queries.gathering import gather_facts
from portal.newsroom_scene import make_agency_site, make_column, make_story

NOW = datetime(2019, 6, 3, 3, 0, tzinfo=UTC)
TODAY = date(2019, 6, 3)


class World:
    def __init__(self):
        self.plan = make_plan(number="42/KH-UBND")
        self.lead = make_agency("Sở Chủ trì", code="so-thu-tuc")
        self.helper = make_agency("Sở Phối hợp")
        self.duty_body = make_agency("Sở Thường xuyên")
        self.outside = make_agency("Sở Ngoài kế hoạch")
        self.ended = make_agency("Sở Đã sáp nhập", valid_to=date(2018, 12, 31))
        self.people = self._people()
        self._work()
        self._year()
        self._reports()
        self._money()
        self._directory()
        self._documents()
        self._outlets()
        self._portal()
        self._publications()
        self._press()
        self._procedures()
        self._open()
        self._newsroom()
        self._intake()
        self._casework()
        self._events()
        self._machines()
        self._public_answer()
        self._dialogue()

    def _people(self):
        plan = self.plan
        return {
            "stranger": make_user(self.outside, "focal_point", "head"),
            "officer": make_user(self.lead, "officer"),
            "focal_point": make_user(self.lead, "focal_point"),
            "head": make_user(self.lead, "head"),
            "coordinating": make_user(self.helper, "focal_point"),
            "duty_body": make_user(self.duty_body, "focal_point"),
            "coordinator": make_user(plan.coordinator, "focal_point"),
            "coordinator_head": make_user(plan.coordinator, "head"),
            "clerk": make_user(plan.coordinator, "clerk"),
            "office": make_user(plan.accepting_office, "head"),
            "leader": make_user(plan.issuer, "leader"),
            "administrator": make_user(
                make_agency("Trung tâm Quản trị"), "administrator", username="administrator"
            ),
        }

    def _casework(self):
        """A case that the plan's coordinator took in and an officer of the lead agency answers."""
        officer, coordinator = self.people["officer"], self.people["coordinator"]
        self.case = make_assigned(self.lead, intake=coordinator)
        accept_case(self.case, officer=officer, by=self.people["focal_point"])
        self.case_share = ask_share(self.case, self.helper, question="Phần của sở?", by=officer)
        self.case_file = keep_file(
            self.case, Upload(name="a.png", kind="png", content=b"x"), by=officer, is_of_answer=True
        )
        self.answer_template = AnswerTemplate.objects.create(
            agency=self.lead, title="Chào", body="Kính gửi", by=officer
        )

    def _dialogue(self):
        """A dialogue that the lead agency runs now, with one helping body on its panel."""
        self.dialogue = make_event(
            self.lead,
            self.people["officer"],
            kind="dialogue",
            chair=self.lead,
            state="running",
            is_public=True,
            questions_open_at=NOW - timedelta(days=3),
        )
        EventPanel.objects.create(event=self.dialogue, agency=self.helper, position=1)
        by = self.people["focal_point"]
        self.question = ask_question(self.dialogue, "Bao giờ có phiếu hẹn?", key="asked").case.question
        show_question(self.question, public_text="Bao giờ có?", by=by)
        self.poll = draft_poll(self.dialogue, words="Nộp ở đâu?", choices=["Mạng", "Quầy"], by=by)
        open_poll(self.poll, by=by)
        self.promise = make_promise(
            self.dialogue, agency=self.helper, words="Công khai phí", due_on=TODAY, by=by
        )

    def _public_answer(self):
        """A case of the lead agency that the coordinator has published, and a work that answers count for."""
        coordinator = self.people["coordinator"]
        self.public_case = make_assigned(self.lead, intake=coordinator)
        Case.objects.filter(pk=self.public_case.pk).update(state="answered", answered_at=clock.now())
        self.public_case.refresh_from_db()
        paper = Upload(name="b.png", kind="png", content=b"y")
        self.public_file_of_case = keep_file(self.public_case, paper, by=coordinator, is_of_answer=True)
        texts = {"title": "Phiếu hẹn", "question": "Khi nào có?", "answer": "Hôm nay."}
        publish_case(self.public_case, **texts, files=[self.public_file_of_case], by=coordinator)
        self.rating = Rating.objects.create(
            case=self.public_case, agency=self.lead, stars=4, words="Rõ.", at=clock.now()
        )
        self.counted_work = count_for(self.assignment, unit="câu trả lời", by=coordinator)

    def _intake(self):
        """The coordinator's office takes cases in; its clerk alone reads denunciations."""
        people = self.people
        self.desk = IntakeDesk.objects.create(
            agency=self.plan.coordinator, is_main=True, denunciation_officer=people["clerk"]
        )
        load_subjects()
        load_grounds()
        self.subject, self.ground = Subject.objects.first(), RefusalGround.objects.first()
        self.routing_rule = RoutingRule.objects.create(
            intake=self.desk.agency, rank=1, kind="question", agency=self.lead
        )
        self.waiting_case = submit_case(Words("Chưa thấy phiếu hẹn"), key="waiting", source="web").case
        self.similar_case = submit_case(Words("Chưa thấy phiếu hẹn"), key="similar", source="web").case
        self.data_request = ask_data(self.waiting_case, kind="copy")
        paper = Upload(name="thu.pdf", kind="pdf", content=b"%PDF-1.4 sealed")
        self.denunciation = submit_denunciation(Words("Kín"), key="sealed", files=[paper]).denunciation
        self.denunciation_file = self.denunciation.files.get()

    def _portal(self):
        administrator = self.people["administrator"]
        self.portal_site = sites.open_city_site(self.plan.issuer, title="Thành phố", by=administrator)
        self.event_page = sites.announce_event(
            self.portal_site,
            title="Đối thoại",
            lead="Một buổi",
            starts_at=NOW,
            place="Hội trường",
            by=administrator,
        )

    def _work(self):
        self.task = make_task(self.plan)
        self.assignment = make_assignment(
            self.lead, task=self.task, state="in_progress", officer=self.people["officer"]
        )
        self.request = CoordinationRequest.objects.create(task=self.task, agency=self.helper)
        PlanBody.objects.create(plan=self.plan, agency=self.helper, role="coordinating")
        self.duty = make_duty(self.plan, self.duty_body)
        self.target = Target.objects.create(
            task=self.task, measure="cuộc", quantity=6, unit="cuộc", counts_itself=False
        )
        self.occurrence = Occurrence.objects.create(task=self.task, position=1, title="Kỳ 1", lead=self.lead)
        self.deliverable = Deliverable.objects.create(
            assignment=self.assignment,
            agency=self.lead,
            kind="file",
            title="Bài viết",
            on=TODAY,
            source="file:x",
            file=ContentFile(b"paper", name="paper"),
            file_name="paper.pdf",
            sha256="3" * 64,
            file_type="application/pdf",
            by=self.people["focal_point"],
            recorded_at=NOW,
        )
        asked = {"assignment": self.assignment, "asked_at": NOW}
        self.extension = Extension.objects.create(
            **asked, asked_by=self.people["focal_point"], new_due_on=date(2020, 1, 31), reason="Bão"
        )
        self.explanation = Explanation.objects.create(
            **asked, asked_by=self.people["coordinator"], question="Vì sao?"
        )

    def _year(self):
        coordinator = self.people["coordinator"]
        self.amendment = Amendment.objects.create(
            plan=self.plan,
            kind="QUYẾT ĐỊNH",
            number="8/QĐ-UBND",
            subject="Sửa đổi",
            issued_on=TODAY,
            effective_on=TODAY,
            created_by=coordinator,
            created_at=NOW,
        )
        self.change = AmendmentChange.objects.create(
            amendment=self.amendment, kind="end_task", position=1, task=self.task, reason="Không còn cần"
        )
        demand = SubPlanDemand.objects.create(
            plan=self.plan, duty=self.duty.duty, due_on=TODAY, asked_by=coordinator, asked_at=NOW
        )
        self.sub_plan = SubPlan.objects.create(demand=demand, duty_assignment=self.duty)
        self.guidance = Guidance.objects.create(
            plan=self.plan,
            state="sent",
            title="Hướng dẫn",
            text="Làm",
            created_by=coordinator,
            created_at=NOW,
        )
        self.guidance_file = GuidanceFile.objects.create(
            guidance=self.guidance,
            file=ContentFile(b"paper", name="paper"),
            file_name="a.pdf",
            sha256="4" * 64,
        )
        self.receipt = GuidanceReceipt.objects.create(guidance=self.guidance, agency=self.lead)
        self.talk = Talk.objects.create(
            duty_assignment=self.duty,
            plan=self.plan,
            agency=self.duty_body,
            key="k",
            meeting="Giao ban",
            on=TODAY,
            place="Hội trường",
            people_count=10,
            minutes=15,
            file=ContentFile(b"paper", name="paper"),
            file_name="anh.jpg",
            sha256="5" * 64,
            by=self.people["duty_body"],
            recorded_at=NOW,
        )

    def _reports(self):
        load_templates()
        self.round = ReportRound.objects.create(
            plan=self.plan,
            template=ReportTemplate.objects.first(),
            kind="yearly",
            period="2019",
            title="Báo cáo năm 2019",
            data_from=date(2019, 1, 1),
            data_to=date(2019, 5, 31),
            due_on=date(2019, 6, 10),
            opened_by=self.people["coordinator"],
            opened_at=NOW,
        )
        self.report = AgencyReport.objects.create(round=self.round, agency=self.lead, prefilled_at=NOW)
        self.standing_rule = StandingRule.objects.create(
            plan=self.plan, asker=self.plan.coordinator, kind="cchc", active_from=TODAY
        )
        self.report_extension = ReportExtension.objects.create(
            report=self.report,
            old_due_on=self.round.due_on,
            new_due_on=date(2019, 6, 20),
            reason="Bão",
            asked_by=self.people["focal_point"],
            asked_at=NOW,
        )
        self.line = ReportLine.objects.create(report=self.report, assignment=self.assignment, position=1)
        self.consolidation = Consolidation.objects.create(
            round=self.round, drafted_at=NOW, signed_file=ContentFile(b"paper", name="paper"), sha256="1" * 64
        )
        self.sentence = Sentence.objects.create(
            consolidation=self.consolidation,
            section=self.round.template.sections[0]["key"],
            position=1,
            text="Đã làm.",
        )

        self._said_about_report()

    def _said_about_report(self):
        self.template = self.round.template
        self.figure = ReportFigure.objects.create(
            report=self.report, table="output", row="news", position=1, counted=0, value=0
        )
        self.attachment = ReportAttachment.objects.create(
            report=self.report,
            title="Danh mục",
            file=ContentFile(b"paper", name="paper"),
            file_name="danh-muc.pdf",
            file_type="application/pdf",
            size=5,
            sha256="5" * 64,
            by=self.people["focal_point"],
            at=NOW,
        )
        self.comment = ReportComment.objects.create(
            report=self.report,
            text="Vì sao?",
            agency=self.plan.coordinator,
            by=self.people["coordinator"],
            at=NOW,
        )
        self.issue = EarlierIssue.objects.create(
            consolidation=self.consolidation,
            number=1,
            document=self.plan.document,
            snapshot=gather_facts(self.round, self.consolidation).to_json(),
            issued_at=NOW,
            reason="Đính chính",
            reopened_at=NOW,
            reopened_by=self.people["coordinator_head"],
        )

    def _money(self):
        """Money being spent: approved, bound and paid, with a voucher."""
        self.budget = make_budget(self.plan)
        self.estimate = make_estimate(self.budget, self.lead, state="spending")
        self.estimate_line = make_line(self.estimate, task=self.task)
        make_approval(self.budget, {self.estimate_line: 1_000_000}, by=self.people["leader"])
        kept = {"amount": 5, "on": TODAY, "by": self.people["officer"], "at": NOW}
        self.commitment = self.estimate_line.commitments.create(contract="1", supplier="A", **kept)
        self.payment = self.estimate_line.payments.create(voucher="1", **kept)
        self.voucher = self.payment.files.create(
            file=ContentFile(b"paper", name="paper"),
            file_name="1.pdf",
            file_type="application/pdf",
            sha256="4" * 64,
        )
        dated = {"legal_basis": "TT", "valid_from": TODAY}
        self.norm = CostNorm.objects.create(code="TT", name="Tập huấn", **dated)
        self.ceiling = Ceiling.objects.create(plan=self.plan, amount=5, **dated)

    def _directory(self):
        load_calendar()
        load_rules()
        self.day = CalendarDay.objects.get(date=date(2019, 9, 2))
        self.legal_rule = LegalRule.objects.get(code="plan.explanation")
        self.change = CalendarChange.objects.create(note="Nghỉ", by=self.people["administrator"], at=NOW)
        self.name = AgencyName.objects.create(agency=self.lead, kind="correction", name="Sở chu tri")
        self.group = make_group("Các sở", self.lead)
        self.member = GroupMember.objects.get(group=self.group)
        self.reorganisation = Reorganisation.objects.create(kind="merge", on=TODAY)
        self.decision = ReorganisationDecision.objects.create(
            number="Nghị quyết 1/NQ-HĐND", subject="Sắp xếp", on=TODAY, created_at=NOW
        )
        self.act = Reorganisation.objects.create(
            kind="merge", on=TODAY, decided_by=self.decision, is_proven=False
        )
        self.act.predecessors.add(self.duty_body)
        self.act.successors.add(self.helper)
        self.membership = Membership.objects.get(user=self.people["officer"])
        self.delegation = Delegation.objects.create(
            agency=self.lead,
            giver=self.people["head"],
            receiver=self.people["focal_point"],
            starts_on=date(2020, 1, 1),
            ends_on=date(2020, 1, 5),
            reason="Nghỉ phép",
        )
        self.notice = Notice.objects.create(
            receiver=self.people["focal_point"],
            key="k",
            subject_vi="Việc",
            subject_en="Work",
            url="/",
            created_at=NOW,
        )
        self.delivery = Delivery.objects.create(
            notice=self.notice,
            address="x@example.test",
            message_id="<x@example.test>",
            state="given_up",
            created_at=NOW,
        )
        self.job = Job.objects.create(
            title="Lập báo cáo", started_by=self.people["coordinator"], created_at=NOW
        )
        self.failure = Failure.objects.create(
            id="1",
            name="đọc",
            func="loa.documents.jobs.read_document",
            args=(0,),
            started=NOW,
            stopped=NOW,
            success=False,
        )

    def _documents(self):
        self.document = self.plan.document
        self.document.file_name, self.document.sha256 = "plan.docx", "2" * 64
        self.document.file.save("paper", ContentFile(b"paper"))
        named = [row.agency for row in self.plan.bodies.select_related("agency")]
        self.document.readers.set([*named, self.plan.coordinator, self.plan.accepting_office])
        self.reading = Reading.objects.create(
            agency=self.plan.coordinator,
            state="read",
            file=ContentFile(b"paper", name="paper"),
            file_name="plan.docx",
            sha256="0" * 64,
            text="Nhiệm vụ",
            header={"title": "Kế hoạch"},
            created_at=NOW,
        )
        self.proposal = Proposal.objects.create(
            reading=self.reading,
            kind="task",
            position=0,
            found={"content": "Nhiệm vụ"},
            data={"content": "Nhiệm vụ"},
            source={"start": 0, "end": 8},
        )

        self.legal = LegalDocument.objects.create(
            document=self.document,
            state="published",
            keeper=self.plan.coordinator,
            owns_document=False,
            created_at=NOW,
        )
        self.link = DocumentLink.objects.create(
            document=self.document, kind="amends", text="Kế hoạch 1/KH-UBND", position=0
        )

    def _outlets(self):
        """The document of the plan was announced already, so that the plan itself still can be."""
        self.reminder_rule = ReminderRule.objects.create(
            matter="assignment", offset=-2, receivers=["head"], valid_from=TODAY
        )
        self.outlet = Outlet.objects.create(name="Cổng Thông tin điện tử")
        post = Post.objects.create(
            content_type=ContentType.objects.get_for_model(self.document),
            object_id=self.document.pk,
            kind="plan",
            title="Kế hoạch",
            text="Kế hoạch đã ban hành.",
            agency=self.plan.coordinator,
            by=self.people["coordinator"],
            at=NOW,
        )
        self.posting = Delivery.objects.create(
            post=post, outlet=self.outlet, message_id="post:1", state="to_check", created_at=NOW
        )

    def _publications(self):
        """A network and a publication of the lead: released and sent to the helper, another one being written."""
        self.network = Network.objects.create(
            name="Báo cáo viên", kind="speaker", keeper=self.lead, level="city"
        )
        self.network_member = NetworkMember.objects.create(
            network=self.network, code="01", name="Báo cáo viên 01", agency=self.helper
        )
        self.publication, self.publication_file = self._publication(
            state="released", released_on=TODAY, assignment=self.assignment, print_run=100
        )
        self.publication_draft, self.publication_draft_file = self._publication(state="draft")
        made = {"created_by": self.people["focal_point"], "created_at": NOW}
        dates = {"as_of": TODAY, "confirm_by": date(2019, 6, 13)}
        self.dispatch = Dispatch.objects.create(
            publication=self.publication, number=1, state="sent", sent_at=NOW, sent_on=TODAY, **dates, **made
        )
        self.parcel = Parcel.objects.create(dispatch=self.dispatch, agency=self.helper, quantity=10)
        self.dispatch_draft = Dispatch.objects.create(publication=self.publication, number=2, **dates, **made)
        self.dispatch_line = DispatchLine.objects.create(
            dispatch=self.dispatch_draft, agency=self.helper, each=5
        )

    def _publication(self, **fields):
        by = self.people["focal_point"]
        publication = Publication.objects.create(
            kind="leaflet",
            title="Tờ gấp",
            about="Một cửa",
            agency=self.lead,
            created_by=by,
            changed_by=by,
            created_at=NOW,
            **fields,
        )
        file = PublicationFile.objects.create(
            publication=publication,
            purpose="reading",
            file=ContentFile(b"paper", name="paper"),
            file_name="to-gap.pdf",
            file_type="application/pdf",
            size=5,
            sha256="6" * 64,
            pages=[[{"text": "Một cửa", "bold": True}]],
            page_count=1,
            is_looked_at=True,
            added_by=by,
            added_at=NOW,
        )
        return publication, file

    def _events(self):
        """A dialogue that is not public: one body is invited, one answers; and a public event beside it."""
        writer = self.people["officer"]
        starts_at = NOW + timedelta(days=2)
        self.event = make_event(self.lead, writer, kind="dialogue", chair=self.lead, starts_at=starts_at)
        self.invitation = make_invitation(self.event, self.helper)
        self.registration = make_registration(self.event, origin="invited", invitation=self.invitation)
        self.panel_place = EventPanel.objects.create(event=self.event, agency=self.duty_body, position=1)
        self.event_paper = EventPaper.objects.create(
            event=self.event, kind="conclusion", text="Kết luận", writer=writer, saved_at=NOW
        )
        self.certificate = Certificate.objects.create(
            registration=self.registration,
            number=1,
            printed_number="01/GCN-S",
            name=self.registration.name,
            issued_on=TODAY,
            by=writer,
        )
        self.event_series = EventSeries.objects.create(agency=self.lead, name="Dân hỏi – Sở trả lời")
        film = default_storage.save("events/film", ContentFile(b"film"))
        self.public_event = make_event(
            self.lead,
            writer,
            starts_at=starts_at,
            is_public=True,
            captions="WEBVTT",
            recording=film,
            recording_type="video/mp4",
        )
        self.material, self.public_material = (
            EventMaterial.objects.create(
                event=event,
                title="Tài liệu",
                file=ContentFile(b"paper", name="paper"),
                file_name="paper.pdf",
                file_type="application/pdf",
                size=5,
                sha256="7" * 64,
                is_public=event.is_public,
                by=writer,
                at=NOW,
            )
            for event in (self.event, self.public_event)
        )

    def _press(self):
        """The lead agency's log, agreement, feed and script; the coordinator's pack for the press."""
        writer = self.people["focal_point"]
        paper = {
            "file": ContentFile(b"paper", name="paper"),
            "file_name": "a.pdf",
            "file_type": "application/pdf",
            "sha256": "6" * 64,
        }
        self.press_body = PressBody.objects.create(name="Báo", kind="print", agency_of_entry=self.lead)
        self.agreement = PressAgreement.objects.create(
            agency=self.lead,
            press_body=self.press_body,
            subject="Chuyên trang",
            starts_on=TODAY,
            ends_on=date(2019, 12, 31),
            by=writer,
            at=NOW,
            **paper,
        )
        self.clipping = Clipping.objects.create(
            agency=self.lead,
            press_body=self.press_body,
            title="Bài",
            key="k",
            on=TODAY,
            plan=self.plan,
            assignment=self.assignment,
            by=writer,
            recorded_at=NOW,
            **paper,
        )
        self.feed = Feed.objects.create(
            agency=self.lead, press_body=self.press_body, address="https://bao.example/rss", by=writer
        )
        self.candidate = Candidate.objects.create(
            feed=self.feed,
            agency=self.lead,
            key="c",
            title="Tin",
            link="https://bao.example/1",
            on=TODAY,
            found_at=NOW,
        )
        self._radio(writer)
        coordinator = self.people["coordinator"]
        self.pack = BriefingPack.objects.create(
            plan=self.plan,
            agency=self.plan.coordinator,
            title="Họp báo",
            start=date(2019, 1, 1),
            end=TODAY,
            by=coordinator,
            created_at=NOW,
            gathered_at=NOW,
        )

    def _radio(self, writer):
        self.abbreviation = Abbreviation.objects.create(
            letters="UBND", spoken="Ủy ban nhân dân", valid_from=TODAY
        )
        reading = {"words_per_minute": 180, "target_seconds": 90, "longest_sentence": 30}
        Station.objects.create(name="Chung", **reading)
        self.station = Station.objects.create(agency=self.lead, name="Đài", **reading)
        self.script = Script.objects.create(
            agency=self.lead,
            station=self.station,
            title="Bản tin",
            source="text:1",
            source_text="Bản tin",
            text="Bản tin",
            spoken_text="Bản tin.",
            seconds=1,
            target_seconds=90,
            writer=writer,
            created_at=NOW,
            saved_at=NOW,
        )

    def _procedures(self):
        self.procedure = make_procedure(self.lead, code="1.000009")
        published = make_version(self.procedure, state="published")
        self.procedure_file = ProcedureFile.objects.create(
            version=published,
            title="Mẫu",
            file=ContentFile(b"paper", name="paper"),
            file_name="mau.pdf",
            file_type="application/pdf",
            size=5,
            sha256="5" * 64,
        )
        self.version = make_version(self.procedure, written_by=self.people["focal_point"])
        self.clarity_answer = ClarityAnswer.objects.create(
            procedure=self.procedure, version=published, is_clear=False, words="Chưa rõ", token="x", on=TODAY
        )
        self.proposal_to_tell = CommunicationProposal.objects.create(
            version=published,
            plan=self.plan,
            agency=self.lead,
            content="Tuyên truyền",
            proposed_by=self.people["focal_point"],
            proposed_at=NOW,
        )
        office = self.people["office"]
        Agency.objects.filter(pk=office.hat.agency.pk).update(parent=self.plan.issuer)
        self.procedure_import = ProcedureImport.objects.create(
            state="read",
            kind="national",
            agency=office.hat.agency,
            file="x",
            file_name="x.jsonl",
            sha256="6" * 64,
            counts={"new": 1},
            started_by=self.people["leader"],
            created_at=NOW,
        )

    def _open(self):
        """The plan is public, with its money and the file of a report that was issued."""
        self.plan_publication = PlanPublication.objects.create(
            plan=self.plan, state="public", shows_money=True, published_on=TODAY
        )
        paper = Document.objects.create(
            direction="out",
            kind="BÁO CÁO",
            printed_number="15/BC-STTTT",
            issuer=self.plan.coordinator,
            subject="Báo cáo quý I",
            issued_on=TODAY,
            created_at=NOW,
        )
        quarter = ReportRound.objects.create(
            plan=self.plan,
            template=self.round.template,
            kind="quarterly",
            period="2019-Q1",
            title="Báo cáo quý I năm 2019",
            data_from=date(2019, 1, 1),
            data_to=date(2019, 3, 31),
            due_on=date(2019, 4, 5),
            opened_at=NOW,
        )
        self.issued_report = Consolidation.objects.create(
            round=quarter,
            state="issued",
            document=paper,
            drafted_at=NOW,
            issued_at=NOW,
            signed_file=ContentFile(b"paper", name="paper"),
            sha256="6" * 64,
        )
        ReportPublication.objects.create(plan=self.plan, document=paper, state="public")

    def _newsroom(self):
        """A published story on the lead agency's site, an exception about it, and what others were asked for."""
        self.column = make_column(make_agency_site(self.portal_site, self.lead, slug="so-chu-tri"))
        writer = make_user(self.lead, "contributor")
        self.story = make_story(self.column, live=True, owner=writer)
        told = {"agency": self.lead, "title": "Một cửa"}
        self.release = UrgentRelease.objects.create(
            story=self.story, reason="Bão", by=writer, at=NOW, due_on=TODAY, **told
        )
        self.news_assignment = NewsAssignment.objects.create(
            reporter=writer,
            due_on=TODAY,
            column=self.column,
            given_by=self.people["focal_point"],
            given_at=NOW,
            **told,
        )
        self.contribution = Contribution.objects.create(author=writer, made_at=NOW, saved_at=NOW, **told)
        self.photo = self.contribution.photos.create(file_name="a.jpg", sha256="6" * 64)

    def _machines(self):
        """A key and a connected system of the lead agency, and an answer of it that everybody reads."""
        self.api_key = make_key(self.people["officer"], "may_read")
        self.webhook = make_webhook(self.people["focal_point"])
        told = {"title": "Phiếu hẹn", "agency": self.lead}
        case = Case.objects.create(
            code="PA.1", secret="s", key="published", source="web", content="Chưa thấy phiếu hẹn", state="published",
            intake=self.plan.coordinator, received_at=NOW, starts_on=TODAY, **told,
        )  # fmt: skip
        self.answer = PublishedAnswer.objects.create(
            case=case, question="Hỏi", answer="Đáp", published_at=NOW, by=self.people["officer"], **told
        )
