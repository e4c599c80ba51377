"""How the sample city reminds: the ladder by itself, calls written down, one click; and how it announces."""

from __future__ import annotations

from datetime import date
from functools import partial

from loa.channels.actions import (
    announce,
    load_reminder_rules,
    mark_posted,
    nudge,
    record_reminder,
    save_outlet,
)
from loa.channels.models import Outlet
from loa.channels.queries import late_as_of, source_called
from loa.core import clock
from loa.demo.year import Cast, Happening
from loa.directory.models import Membership
from loa.plans.models import Plan
from loa.plans.queries.matters import PLAN_ANNOUNCEMENT

ANNOUNCED_ON = date(2019, 2, 13)
CALLED_ON = (date(2019, 3, 22), date(2019, 3, 26), date(2019, 12, 27))
OUTLETS = (
    ("Cổng Thông tin điện tử thành phố", "https://haiphong.example/"),
    ("Zalo Chính quyền thành phố", "https://zalo.example/haiphong"),
    ("Bảng tin Trung tâm Phục vụ hành chính công", ""),
)
POSTED = "https://haiphong.example/tin/ke-hoach-tuyen-truyen-cchc-2019"
ANSWERS = (
    ("phone", "Văn thư cơ quan", "Cơ quan hẹn gửi kết quả trong tuần này."),
    ("zalo", "Cán bộ đầu mối", "Đã gửi lại công văn và biểu mẫu; cơ quan đang hoàn thiện minh chứng."),
    ("phone", "Lãnh đạo phòng", "Đang chờ kinh phí, sẽ có văn bản giải trình."),
)


def happenings(plan: Plan, cast: Cast) -> list[Happening]:
    return [
        (ANNOUNCED_ON, partial(announce_plan, plan, cast)),
        *((day, partial(call, plan, cast)) for day in CALLED_ON),
    ]


def announce_plan(plan: Plan, cast: Cast) -> None:
    load_reminder_rules()
    keeper = Membership.objects.filter(role="administrator").select_related("user").first()
    if keeper is None or Outlet.objects.exists():
        return
    person = keeper.user
    person.wear(keeper.agency_id)
    outlets = [
        save_outlet(
            Outlet(), name=name, address=address, driver="manual", is_public=True, is_active=True, by=person
        )
        for name, address in OUTLETS
    ]
    poster = cast.of(plan.coordinator, "focal_point")
    title, text = PLAN_ANNOUNCEMENT.draft(plan)
    post = announce(
        plan, announceable=PLAN_ANNOUNCEMENT, title=title, text=text, outlets=outlets[:2], by=poster
    )
    mark_posted(post.deliveries.get(outlet=outlets[0]), link=POSTED, by=poster)


def call(plan: Plan, cast: Cast) -> None:
    """The coordinator telephones the first whose report is late and reminds all of them with one click."""
    source = source_called("report")
    if source is None:
        return
    person = cast.of(plan.coordinator, "focal_point")
    rows = source.open_rows().filter(late_as_of(clock.today()), round__plan=plan).order_by("due", "pk")
    matters = [source.matter(row) for row in rows if row.agency_id != plan.coordinator_id]
    for matter, (channel, whom, note) in zip(matters, ANSWERS, strict=False):
        record_reminder(matter, channel=channel, whom=f"{whom}, {matter.agency.name}", note=note, by=person)
    nudge(matters, by=person)
