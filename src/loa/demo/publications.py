"""The sample city's networks of people and its publications: written, approved, printed, sent out, half confirmed."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from datetime import date
from functools import partial
from importlib import resources
from typing import Any

import typst

from loa.budgets.models import EstimateLine
from loa.core import clock, uploads
from loa.demo.city import data
from loa.demo.year import Cast, Happening
from loa.directory.actions import add_network, add_network_member
from loa.directory.models import Agency, AgencyGroup, Network, User
from loa.plans.models import Assignment, Plan
from loa.portal import actions
from loa.portal.models import Dispatch, Publication
from officialdoc.read.look import look

READER = "Mozilla/5.0"  # a browser, so that it counts


class Prints:
    """The words and days are data (`data/publications.json`)."""

    def __init__(self, plan: Plan, cast: Cast) -> None:
        self.plan, self.cast = plan, cast
        self.facts: dict[str, Any] = data("publications.json")
        self.made: dict[str, Publication] = {}
        self.networks: dict[str, Network] = {}
        self.dispatch: Dispatch | None = None

    def _of(self, code: str, role: str) -> User:
        return self.cast.of(Agency.objects.get(code=code), role)

    # people -------------------------------------------------------------------------------------------
    def found(self, row: dict[str, Any]) -> None:
        keeper = self._of(row["keeper"], "focal_point")
        since = clock.today()
        names = ("name", "kind", "level", "legal_basis")
        network = add_network(**{name: row[name] for name in names}, valid_from=since, by=keeper)
        self.networks[row["key"]] = network
        agencies = Agency.objects.in_bulk(row["agencies"], field_name="code")
        for number, code in enumerate(row["agencies"], start=1):
            place = (agencies[code].short_name or agencies[code].name).replace("UBND ", "")
            add_network_member(
                network,
                name=f"{row['title']} {number:02d} – {place}",
                title=row["position"],
                agency=agencies[code],
                phone=f"0225 000 {number:03d}",
                valid_from=since,
                valid_to=_day(row["left"].get(str(number))),
                by=keeper,
            )

    # publications -------------------------------------------------------------------------------------
    def write(self, row: dict[str, Any]) -> None:
        writer = self._of(row["agency"], "focal_point")
        work = (
            Assignment.objects.select_related("plan", "task", "agency").get(
                plan=self.plan, agency__code=row["agency"], task__no=row["task"]
            )
            if "task" in row
            else None
        )
        publication = actions.write_publication(
            kind=row["kind"],
            title=row["sheet"]["title"],
            about=row["about"],
            topics=list(self.plan.topics.all()[: row["topics"]]),
            assignment=work,
            cost_line=self._cost_line(row),
            print_run=row["print_run"],
            by=writer,
        )
        upload = uploads.check_upload(io.BytesIO(printed(row["sheet"])), row["file"])
        for purpose in ("reading", "print") if "printer" in row else ("reading",):
            file = actions.attach_publication_file(publication, purpose=purpose, upload=upload, by=writer)
            actions.look_at_file(file, reader=look)  # our own paper needs no process of its own
        publication.refresh_from_db()
        self.made[row["key"]] = publication
        if "handed_on" not in row:
            self.take(row, "hand_to_editor")

    def _cost_line(self, row: dict[str, Any]) -> EstimateLine | None:
        if "cost_line" not in row:
            return None
        lines = EstimateLine.objects.filter(estimate__plan=self.plan, estimate__agency__code=row["agency"])
        return lines.get(position=row["cost_line"])

    def take(self, row: dict[str, Any], step: str) -> None:
        role = "head" if step == "approve" else "focal_point"
        actions.take_publication_step(self.made[row["key"]], step, by=self._of(row["agency"], role))

    def release(self, row: dict[str, Any]) -> None:
        publication, person = self.made[row["key"]], self._of(row["agency"], "focal_point")
        facts = {"printer": row["printer"], "printed_on": _day(row["printed_on"])}
        self.made[row["key"]] = actions.edit_publication(publication, **facts, by=person)
        self.take(row, "release")

    def download(self, row: dict[str, Any], count: int) -> None:
        file = self.made[row["key"]].files.filter(purpose="reading").defer("pages").get()
        for _reader in range(count):
            actions.count_download(file, user_agent=READER, on=clock.today())

    # sending out --------------------------------------------------------------------------------------
    def send(self) -> None:
        told = self.facts["dispatch"]
        publication = self.made[told["publication"]]
        sender = self.cast.of(publication.agency, "focal_point")
        dispatch = actions.prepare_dispatch(
            publication,
            as_of=clock.today(),
            confirm_by=date.fromisoformat(told["confirm_by"]),
            note=told["note"],
            by=sender,
        )
        add = partial(actions.add_dispatch_line, dispatch, by=sender)
        for code, each in told["groups"].items():
            add(group=AgencyGroup.objects.get(code=code), each=each)
        for code, each in told["agencies"].items():
            add(agency=Agency.objects.get(code=code), each=each)
        for key, each in told["networks"].items():
            add(network=self.networks[key], each=each)
        actions.send_dispatch(dispatch, by=sender)
        self.dispatch = dispatch

    def confirm(self) -> None:
        """Most agencies confirm on the page; one lacks copies; some have not looked."""
        told = self.facts["dispatch"]["receipts"]
        for parcel in self._waiting(exclude=[*told["silent"], *told["paper"]["agencies"]]):
            received, remark = told["short"].get(parcel.agency.code, (parcel.quantity, ""))
            actions.confirm_parcel(
                parcel,
                received=received,
                received_on=clock.today(),
                remark=remark,
                by=self.cast.of(parcel.agency, "focal_point"),
            )

    def type_in(self) -> None:
        told = self.facts["dispatch"]["receipts"]
        if self.dispatch is None:
            return
        rows = [
            actions.PaperReceipt(
                parcel, parcel.quantity, date.fromisoformat(told["on"]), "Theo biên bản ký tay"
            )
            for parcel in self._waiting(exclude=[])
            if parcel.agency.code in told["paper"]["agencies"]
        ]
        sender = self.cast.of(self.dispatch.publication.agency, "focal_point")
        actions.type_in_receipts(self.dispatch, rows, by=sender)

    def _waiting(self, *, exclude: list[str]) -> list[Any]:
        if self.dispatch is None:
            return []
        rows = self.dispatch.parcels.filter(state="waiting").exclude(agency__code__in=exclude)
        return list(rows.select_related("agency", "dispatch__publication__agency"))


def printed(sheet: dict[str, Any]) -> bytes:
    """A sample .pdf from its words."""
    template = resources.files("loa.demo").joinpath("data", "prints.typ").read_bytes()
    page = typst.compile(template, format="pdf", sys_inputs={"sheet": json.dumps(sheet, ensure_ascii=False)})
    if not isinstance(page, bytes):
        raise TypeError("One .pdf is one file")
    return page


def happenings(plan: Plan, cast: Cast) -> list[Happening]:
    story = Prints(plan, cast)
    dispatch = story.facts["dispatch"]
    rows: list[tuple[str, Callable[[], Any]]] = [
        *((row["on"], partial(story.found, row)) for row in story.facts["networks"]),
        (dispatch["on"], story.send),
        (dispatch["receipts"]["on"], story.confirm),
        (dispatch["receipts"]["paper"]["on"], story.type_in),
    ]
    for row in story.facts["publications"]:
        rows.append((row["written_on"], partial(story.write, row)))
        for day, step in ((row.get("handed_on"), "hand_to_editor"), (row.get("approved_on"), "approve")):
            if day:
                rows.append((day, partial(story.take, row, step)))
        if "released_on" in row:
            rows.append((row["released_on"], partial(story.release, row)))
        rows += [(day, partial(story.download, row, n)) for day, n in row["downloads"].items()]
    return [(date.fromisoformat(day), happen) for day, happen in rows]


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
