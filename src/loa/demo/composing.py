"""How agencies and the coordinator talk over a report in the sample year, and what changes after its issue."""

from __future__ import annotations

from datetime import date
from io import BytesIO

from loa.core import clock
from loa.demo.papers import evidence_paper
from loa.demo.year import Cast, Happening
from loa.plans.models import Plan
from loa.reports import actions
from loa.reports.models import AgencyReport

PERIOD = "2019-Q1"
WRITTEN_ON, ASKED_ON, ANSWERED_ON, CORRECTED_ON = (
    date(2019, 3, 18),
    date(2019, 3, 25),
    date(2019, 3, 27),
    date(2019, 4, 9),
)
NEWSPAPER, LATE_ONE, CORRECTING_ONE = "bao-hai-phong", "so-du-lich", "so-tu-phap"


class Composing:
    """The first quarter's report of three bodies."""

    def __init__(self, plan: Plan, cast: Cast) -> None:
        self.plan = plan
        self.cast = cast
        self.coordinator = cast.of(plan.coordinator, "focal_point")

    def _report(self, code: str) -> AgencyReport:
        reports = AgencyReport.objects.filter(round__plan=self.plan, round__period=PERIOD)
        return reports.select_related("agency", "round__plan", "round__template").get(agency__code=code)

    def write(self) -> None:
        """The newspaper knows more than the register has, says why, and sends its list along."""
        report = self._report(NEWSPAPER)
        writer = self.cast.of(report.agency, "focal_point")
        news = report.figures.get(row="news")
        figures = {
            news.pk: {
                "value": news.value + 37,
                "estimate": news.value + 52,
                "reason": "37 tin, bài đăng trên bản in chưa được cập nhật vào sổ theo dõi.",
            }
        }
        actions.save_report(report, version=report.version, texts={}, lines={}, figures=figures, by=writer)
        title = "Danh mục tin, bài quý I năm 2019"
        paper = evidence_paper(report.agency.name, title, clock.today())
        actions.attach_to_report(report, file=BytesIO(paper), name=f"{title}.docx", title=title, by=writer)

    def ask(self) -> None:
        report = self._report(NEWSPAPER)
        figure = report.figures.get(row="news")
        actions.comment_on_report(
            report,
            anchor=f"figure-{figure.pk}",
            text="Đề nghị cập nhật các tin, bài của bản in vào sổ theo dõi để kỳ sau không phải điều chỉnh.",
            by=self.coordinator,
        )
        actions.ask_report_explanation(
            self._report(LATE_ONE),
            text="Báo cáo quý I đã quá hạn gửi; đề nghị Sở giải trình nguyên nhân.",
            due_on=date(2019, 3, 29),
            by=self.coordinator,
        )

    def answer(self) -> None:
        for code, words in (
            (NEWSPAPER, "Tòa soạn đã giao bộ phận thư ký cập nhật hằng tuần từ quý II."),
            (
                LATE_ONE,
                "Cán bộ đầu mối nghỉ ốm từ ngày 18/3; Sở đã phân công người thay và gửi báo cáo ngày 26/3.",
            ),
        ):
            report = self._report(code)
            comment = report.comments.select_related("report__round__plan").get()
            actions.reply_to_comment(comment, text=words, by=self.cast.of(report.agency, "focal_point"))
            if code == LATE_ONE:
                actions.resolve_comment(comment, by=self.cast.of(self.plan.coordinator, "focal_point"))

    def correct(self) -> None:
        """After the issue a body finds its own mistake: what was issued stays, the difference shows."""
        report = self._report(CORRECTING_ONE)
        writer, head = self.cast.of(report.agency, "focal_point"), self.cast.of(report.agency, "head")
        reason = "Sở phát hiện thiếu một lớp tập huấn đã tổ chức trong quý I; mở lại để đính chính."
        actions.reopen_report(report, reason=reason, by=self.coordinator)
        figures = {
            report.figures.get(row="classes").pk: {
                "value": 1,
                "estimate": 1,
                "reason": "Bổ sung lớp tập huấn ngày 12/3 chưa ghi vào sổ theo dõi.",
            }
        }
        actions.save_report(report, version=report.version, texts={}, lines={}, figures=figures, by=writer)
        actions.hand_to_head(report, by=writer)
        actions.submit_report(report, by=head)
        actions.accept_report(report, by=self.coordinator)


def happenings(plan: Plan, cast: Cast) -> list[Happening]:
    played = Composing(plan, cast)
    return [
        (WRITTEN_ON, played.write),
        (ASKED_ON, played.ask),
        (ANSWERED_ON, played.answer),
        (CORRECTED_ON, played.correct),
    ]
