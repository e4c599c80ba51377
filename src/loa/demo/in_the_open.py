"""The plans become public: the sample plan, the closed one of the year before, and the reports that were issued."""

from __future__ import annotations

from datetime import date

from loa.demo.earlier_year import NUMBER, SYMBOL
from loa.demo.year import Cast, Happening
from loa.plans.models import Plan
from loa.portal.actions import Shown, publish_plan, publish_report
from loa.reports.models import Consolidation

INTRODUCTION = (
    "Kế hoạch nêu những việc thành phố làm trong năm để người dân, doanh nghiệp biết về cải cách hành chính: "
    "tin bài, đối thoại, tập huấn, tờ gấp, phát thanh. Trang này cho biết mỗi việc do cơ quan nào làm, "
    "bao giờ xong và đã làm đến đâu."
)
OF_2018 = (
    "Kế hoạch năm trước, đã kết thúc: việc nào xong, việc nào chuyển sang năm sau, việc nào không làm nữa."
)


def happenings(plan: Plan, cast: Cast) -> list[Happening]:
    head = "head"

    def publish(which: Plan, introduction: str, *, money: bool) -> None:
        shown = Shown(introduction=introduction, shows_money=money)
        publish_plan(which, shown, by=cast.of(which.coordinator, head))

    def publish_reports() -> None:
        issued = Consolidation.objects.filter(round__plan=plan, state="issued", document__isnull=False)
        for row in issued.select_related("round__plan__coordinator", "document").order_by("pk")[:1]:
            publish_report(row, by=cast.of(row.round.plan.coordinator, head))

    def earlier() -> None:
        publish(Plan.objects.get(number=f"{NUMBER}/{SYMBOL}", year=2018), OF_2018, money=False)

    return [
        (date(2019, 2, 14), earlier),
        (date(2019, 2, 18), lambda: publish(plan, INTRODUCTION, money=True)),
        (date(2019, 7, 1), publish_reports),
    ]
