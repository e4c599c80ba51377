"""A procedure and its versions: written, approved by a head, published within the time that a text gives."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from loa.core import clock, history
from loa.core.access import require
from loa.core.calendar_data import current_calendar
from loa.core.counted_days import Moving, count_day, forget_count, remember_count
from loa.core.deadlines import CalendarRangeError
from loa.core.legal import MissingRuleError, rule_on
from loa.core.text import fold
from loa.core.workflow import FlowError, StaleError
from loa.directory.models import Agency, User
from loa.documents.models import Document
from loa.procedures import notices
from loa.procedures.models import Procedure, ProcedureField, ProcedureVersion
from loa.procedures.queries.content import copied_content
from loa.procedures.queries.visible import PUBLICATION_RULE, open_version_of
from loa.procedures.states import OPEN_STATES, VERSION, WRITABLE_STATES


def field_called(name: str) -> ProcedureField:
    """The field of this name, added where there is none; accents and capitals as one likes."""
    words = " ".join(name.split())[:250]
    found = ProcedureField.objects.filter(search_name=fold(words)).first()
    return found or ProcedureField.objects.create(name=words)


@transaction.atomic
def add_procedure(
    *, code: str, name: str, field: str, levels: list[str], agency: Agency, by: User
) -> ProcedureVersion:
    """Enter a procedure with the first draft of what it says. Raises FlowError for a code that is taken."""
    require(by, "procedures.add_procedure")
    procedure = Procedure(
        code=code,
        name=" ".join(name.split()),
        field=field_called(field),
        levels=" ".join(levels),
        agency=agency,
        created_at=clock.now(),
    )
    require(by, "procedures.write_procedure", procedure)
    try:
        with transaction.atomic():
            procedure.save()
    except IntegrityError as error:
        raise FlowError(_("The register holds a procedure %(code)s already.") % {"code": code}) from error
    history.record(procedure, "procedure.add", by=by, data={"code": code})
    return new_version(procedure, change="new", content={"name": procedure.name}, by=by)


def new_version(
    procedure: Procedure, *, change: str, content: dict[str, Any], by: User, **facts: Any
) -> ProcedureVersion:
    """A row of the next number, a draft. Asks nothing: its callers have."""
    last = procedure.versions.order_by("-number").values_list("number", flat=True).first() or 0
    version = ProcedureVersion(
        procedure=procedure,
        number=last + 1,
        change=change,
        written_by=by,
        created_at=clock.now(),
        **content,
        **facts,
    )
    version.save()
    history.record(version, "version.draft", by=by, data={"number": version.number})
    return version


@transaction.atomic
def draft_version(procedure: Procedure, *, change: str, by: User) -> ProcedureVersion:
    """Begin the next version with what the present one says. A second one waits until the first is done."""
    require(by, "procedures.write_procedure", procedure)
    row = (
        Procedure.objects.select_for_update(of=("self",))
        .select_related("current__online_level")
        .get(pk=procedure.pk)
    )
    if open_version_of(row) is not None:
        raise FlowError(_("A version is being written already: finish or drop that one first."))
    if row.current is None:
        raise FlowError(_("Nothing is published yet: write the first version."))
    version = new_version(procedure, change=change, content=copied_content(row.current), by=by)
    for paper in row.current.files.all():
        paper.pk, paper.version = None, version
        paper.save(force_insert=True)
    return version


@transaction.atomic
def edit_procedure(procedure: Procedure, *, field: str, levels: list[str], by: User) -> Procedure:
    """Correct what the register says beside the versions."""
    require(by, "procedures.write_procedure", procedure)
    procedure.field, procedure.levels = field_called(field), " ".join(levels)
    procedure.fill_search(procedure.current.keywords if procedure.current else "")
    Procedure.objects.filter(pk=procedure.pk).update(
        field=procedure.field, levels=procedure.levels, search_text=procedure.search_text
    )
    history.record(procedure, "procedure.edit", by=by)
    return procedure


@transaction.atomic
def edit_version(version: ProcedureVersion, *, edition: int, by: User, **fields: Any) -> ProcedureVersion:
    """Write in a draft. Of two who edit one, the second is told and nothing is lost."""
    require(by, "procedures.write_version", version)
    rows = ProcedureVersion.objects.filter(pk=version.pk, edition=edition, state__in=WRITABLE_STATES)
    if rows.update(edition=edition + 1, written_by=by, **fields) != 1:
        raise StaleError(_("Somebody else has just changed this. Reload the page to see it."))
    changed = sorted(key for key, value in fields.items() if getattr(version, key) != value)
    for key, value in {**fields, "edition": edition + 1, "written_by": by}.items():
        setattr(version, key, value)
    _count_due(version)
    history.record(version, "version.edit", by=by, data={"changed": changed})
    return version


def _count_due(version: ProcedureVersion) -> None:
    """The clock runs from the day of the decision, by the rule in force on that day."""
    due_on, working_days, basis = None, 0, ""
    if version.decided_on:
        try:
            rule = rule_on(PUBLICATION_RULE, version.decided_on)
            working_days, basis = rule["working_days"], rule.legal_basis
            due_on = count_day(version.decided_on, working_days=working_days, calendar=current_calendar())
        except (MissingRuleError, CalendarRangeError):
            due_on = None  # no text or calendar of that time is known: nothing is counted
    ProcedureVersion.objects.filter(pk=version.pk).update(due_on=due_on)
    version.due_on = due_on
    if due_on is None or version.decided_on is None:
        forget_count(version)
    else:
        remember_count(
            version, due_on=due_on, start_on=version.decided_on, working_days=working_days, legal_basis=basis
        )


@transaction.atomic
def take_version_step(version: ProcedureVersion, step: str, *, note: str = "", by: User) -> ProcedureVersion:
    """Hand on, approve, return or drop. Publishing has an action of its own."""
    if step in ("hand_to_head", "approve"):
        _require_complete(version)
    entry = VERSION.take(version, step, by=by, note=note)
    notices.version_moved(version, entry)
    return version


def _require_complete(version: ProcedureVersion) -> None:
    """What a reader must find: the decision and its day; the steps, the time and the papers, unless it ends."""
    missing = [] if version.decision and version.decided_on else [_("the decision and its day")]
    if not version.is_abolishing:
        missing += [] if version.steps.strip() else [_("the steps")]
        missing += [] if version.time_text else [_("a way to submit with its time")]
        missing += [] if version.papers else [_("the papers to hand in")]
    if missing:
        raise FlowError(_("Still missing: %(what)s.") % {"what": ", ".join(missing)})


@transaction.atomic
def publish_version(version: ProcedureVersion, *, by: User) -> ProcedureVersion:
    """Make it what citizens read; the version before it becomes an earlier one."""
    procedure = (
        Procedure.objects.select_for_update(of=("self",))
        .select_related("agency", "field", "current")
        .get(pk=version.procedure_id)
    )
    _supersede(procedure, by=by)
    VERSION.take(version, "publish", by=by, published_at=clock.now(), published_on=clock.today())
    put_in_force(procedure, version)
    return version


def _supersede(procedure: Procedure, *, by: User) -> None:
    if procedure.current is not None and procedure.current.state == "published":
        procedure.current.procedure = procedure
        VERSION.take(procedure.current, "supersede", by=by)


def put_in_force(procedure: Procedure, version: ProcedureVersion) -> None:
    """The register says what the version says: its name, its online level, whether it still exists."""
    procedure.current, procedure.name = version, version.name
    procedure.is_in_force = not version.is_abolishing
    procedure.online_level = version.online_level
    procedure.fill_search(version.keywords)
    names = ("current", "name", "is_in_force", "online_level", "search_text", "sort_name")
    Procedure.objects.filter(pk=procedure.pk).update(**{key: getattr(procedure, key) for key in names})
    version.procedure = procedure


@transaction.atomic
def take_in_version(
    procedure: Procedure, *, change: str, content: dict[str, Any], is_announced: bool, by: User, **facts: Any
) -> ProcedureVersion:
    """A version that another register has published already: published here at once, by who confirmed the import."""
    _supersede(procedure, by=by)
    version = new_version(
        procedure, change=change, content=content, by=by, is_announced=is_announced, **facts
    )
    VERSION.take(version, "take_in", by=by, published_at=clock.now(), published_on=clock.today())
    put_in_force(procedure, version)
    return version


@transaction.atomic
def enter_published(
    procedure: Procedure,
    *,
    field: str,
    content: dict[str, Any],
    is_announced: bool = False,
    by: User,
    **facts: Any,
) -> ProcedureVersion:
    """Enter a procedure that is announced already, with its first version published at once."""
    procedure.field, procedure.created_at = field_called(field), clock.now()
    procedure.save()
    history.record(procedure, "procedure.take_in", by=by)
    return take_in_version(
        procedure, change="new", content=content, is_announced=is_announced, by=by, **facts
    )


@transaction.atomic
def move_due(version: ProcedureVersion, *, due_on: date, reason: str, by: User) -> Moving:
    """A changed calendar moves the last day to publish; the body in charge is told."""
    rows = ProcedureVersion.objects.filter(pk=version.pk, state__in=OPEN_STATES, due_on=version.due_on)
    if rows.update(due_on=due_on) != 1:
        raise StaleError(_("Somebody else has just changed this. Reload the page to see it."))
    data = {"from": str(version.due_on), "to": str(due_on)}
    entry = history.record(version, "version.move_due", by=by, note=reason, data=data)
    version.due_on = due_on
    told = notices.due_moved(version, entry)
    agency = version.procedure.agency
    return Moving(label=version.name, whose=agency.name, url=version.staff_url, told=told)


def link_document(version: ProcedureVersion, document: Document | None, *, by: User) -> None:
    """Point at the decision where the register of documents holds it."""
    require(by, "procedures.write_version", version)
    ProcedureVersion.objects.filter(pk=version.pk).update(document=document)
    version.document = document
    history.record(
        version, "version.link_document", by=by, data={"document": document.pk if document else None}
    )
