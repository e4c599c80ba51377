"""The living portal of the sample city: its site and five component sites, columns, stories, events.

What is written is data (`data/portal.json`, `data/portal_stories.json`); each story appears on its day.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime
from functools import partial
from html import escape
from typing import Any

from django.utils import timezone

from loa.demo.city import data
from loa.demo.drawing import chime, draw
from loa.demo.year import Cast, Happening
from loa.directory.models import Agency, Membership
from loa.plans.models import Assignment, DutyAssignment, Plan
from loa.portal.actions import media, sites
from loa.portal.models import CityHome, Correction, Picture, SiteHome

OPENED_ON = date(2019, 2, 12)
Block = tuple[str, Any]


class PortalLife:
    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.facts: dict[str, Any] = data("portal.json")
        self.stories: list[dict[str, Any]] = data("portal_stories.json")
        self.pictures: dict[str, Picture] = {}
        self._agencies: dict[str, Agency] = {}

    @property
    def editor(self) -> Any:
        """Who runs the portal: the administrator, at the office of the committee."""
        hat = Membership.objects.select_related("user", "agency").filter(role="administrator").earliest("pk")
        hat.user.wear(hat.agency_id)
        return hat.user

    def agency(self, code: str) -> Agency:
        if not self._agencies:
            self._agencies = {
                each.code: each for each in Agency.objects.filter(level__in=("city", "district"))
            }
        return self._agencies[code]

    # sites and columns ----------------------------------------------------------------------------------
    def open_sites(self) -> None:
        editor, city = self.editor, self.facts["city"]
        home: SiteHome = sites.open_city_site(
            self.agency(city["agency"]), title=city["title"], by=editor, **city["facts"]
        )
        self._columns(home, city)
        for row in self.facts["sites"]:
            part = sites.open_agency_site(
                self.agency(row["agency"]), slug=row["slug"], title=row["title"], by=editor, **row["facts"]
            )
            self._columns(part, row)

    def _columns(self, home: SiteHome, row: dict[str, Any]) -> None:
        editor = self.editor
        for column in row["columns"]:
            opened = sites.open_column(
                home,
                title=column["title"],
                slug=column["slug"],
                lead=column.get("lead", ""),
                english_title=column.get("english", ""),
                in_menu=column.get("in_menu", True),
                by=editor,
            )
            for part in column.get("columns", ()):
                sites.open_column(
                    opened, title=part["title"], slug=part["slug"], lead=part.get("lead", ""), by=editor
                )
        for page in row.get("landings", ()):
            sites.open_landing(
                home,
                title=page["title"],
                slug=page["slug"],
                lead=page.get("lead", ""),
                body=list(self.blocks(page["body"])),
                english_title=page.get("english_title", ""),
                english_body=list(self.blocks(page.get("english_body", ()))),
                by=editor,
            )

    # stories --------------------------------------------------------------------------------------------
    def write(self, row: dict[str, Any]) -> None:
        picture = row.get("picture")
        story = sites.write_story(
            self.place(row["in"]),
            title=row["title"],
            kind=row.get("kind", "news"),
            lead=row["lead"],
            body=list(self.blocks(row["body"])),
            published_at=_moment(row["on"]),
            works=self._works(row),
            topics=[
                each for each in self.plan.topics.all() if each.label.strip(") ") in row.get("topics", ())
            ],
            picture=self.picture(*picture) if picture else None,
            byline=row.get("byline", ""),
            source=row.get("source", ""),
            agency=self.agency(row["agency"]),
            by=self.editor,
        )
        if "corrected" in row:
            story.corrections.add(Correction(on=_day(row["corrected"]["on"]), text=row["corrected"]["text"]))
            story.save()

    def announce(self, row: dict[str, Any]) -> None:
        sites.announce_event(
            self.place(row["in"]),
            title=row["title"],
            lead=row["lead"],
            starts_at=_moment(row["starts"]),
            ends_at=_moment(row["ends"]),
            place=row["place"],
            organiser=self.agency(row["organiser"]),
            body=list(self.blocks(row["body"])),
            picture=self.picture(*row["picture"]) if row.get("picture") else None,
            by=self.editor,
        )

    def place(self, path: str) -> Any:
        """The page at a path of slugs under the city's site."""
        page: Any = CityHome.objects.get()
        for slug in filter(None, path.split("/")):
            page = page.get_children().get(slug=slug)
        return page.specific

    def _works(self, row: dict[str, Any]) -> list[Any]:
        found: list[Any] = []
        if "task" in row:
            found += Assignment.objects.filter(
                plan=self.plan, task__no=row["task"], agency__code=row["agency"]
            )
        if "duty" in row:
            found += DutyAssignment.objects.filter(
                plan=self.plan, agency__code=row["agency"], duty__text__startswith=row["duty"]
            )[:1]
        return found

    # bodies ---------------------------------------------------------------------------------------------
    def picture(self, name: str, tone: int, title: str) -> Picture:
        key = f"{name}-{tone}"
        if key not in self.pictures:
            self.pictures[key] = media.add_picture(
                draw(name, tone=tone),
                name=f"{key}.png",
                title=title,
                alt_text=f"Tranh minh họa: {title[0].lower()}{title[1:]}",
                credit="Minh họa của Cổng Thông tin điện tử",
                by=self.editor,
            )
        return self.pictures[key]

    def blocks(self, rows: Any) -> Iterator[Block]:
        """Plain strings are paragraphs; what stands beside them is named."""
        paragraphs: list[str] = []
        for row in [*rows, None]:
            if isinstance(row, str):
                paragraphs.append(row)
                continue
            if paragraphs:
                yield "text", _html(paragraphs)
                paragraphs = []
            if row is not None:
                yield from self._block(row)

    def _block(self, row: dict[str, Any]) -> Iterator[Block]:
        kind, value = next(iter(row.items()))
        if kind == "heading":
            yield kind, value
        elif kind == "answer":
            yield kind, {"question": value[0], "who": value[1], "answer": _html(value[2:])}
        elif kind == "quote":
            yield kind, {"text": value[0], "who": value[1]}
        elif kind == "figure":
            yield kind, {"picture": self.picture(*value[:3]), "caption": value[3]}
        elif kind == "gallery":
            yield (
                kind,
                {"figures": [{"picture": self.picture(*each[:3]), "caption": each[3]} for each in value]},
            )
        elif kind == "table":
            yield kind, {"data": value, "first_row_is_table_header": True, "first_col_is_header": True}
        elif kind == "recording":
            file = media.add_attachment(chime(), name="phong-su.wav", title=value[0], by=self.editor)
            yield kind, {"title": value[0], "file": file, "captions": None, "transcript": _html(value[1:])}
        elif kind == "doors":
            doors = [{"title": each[0], "text": each[1], "page": None, "address": each[2]} for each in value]
            yield kind, {"doors": doors}


def _html(paragraphs: Any) -> str:
    return "".join(f"<p>{escape(each, quote=False)}</p>" for each in paragraphs)


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _moment(text: str) -> datetime:
    return timezone.make_aware(datetime.fromisoformat(text))


def happenings(plan: Plan, _cast: Cast) -> list[Happening]:
    played = PortalLife(plan)
    by_day: dict[date, list[Any]] = defaultdict(list)
    for row in played.stories:
        by_day[_moment(row["on"]).date()].append(partial(played.write, row))
    for row in played.facts["events"]:
        by_day[_day(row["on"])].append(partial(played.announce, row))
    return [(OPENED_ON, played.open_sites), *((day, each) for day in sorted(by_day) for each in by_day[day])]
