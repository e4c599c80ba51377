"""What anybody may read: procedures in force, their published versions, and what changed."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from loa.directory.models import Agency
from loa.procedures.models import (
    OnlineLevel,
    Procedure,
    ProcedureField,
    ProcedureFile,
    ProcedureVersion,
    ServiceDesk,
)
from loa.procedures.states import PUBLIC_STATES


def public_procedures() -> QuerySet[Procedure]:
    """In force: published and not abolished, in the order of their names. `current` is what they say."""
    rows = Procedure.objects.filter(is_in_force=True)
    return rows.select_related("current", "agency", "field", "online_level")


def known_procedures() -> QuerySet[Procedure]:
    """Those with a public page: in force, or abolished after they were published."""
    rows = Procedure.objects.filter(current__isnull=False)
    return rows.select_related("current__online_level", "current__document", "agency", "field")


def public_versions() -> QuerySet[ProcedureVersion]:
    """Published versions, the present ones and the earlier ones."""
    return _with_what_is_shown(ProcedureVersion.objects.filter(state__in=PUBLIC_STATES))


def _with_what_is_shown(rows: QuerySet[ProcedureVersion]) -> QuerySet[ProcedureVersion]:
    return rows.select_related("procedure__agency", "procedure__field", "online_level", "document")


def recent_changes(
    *,
    field: ProcedureField | int | None = None,
    agency: Agency | int | None = None,
    since: date | None = None,
) -> QuerySet[ProcedureVersion]:
    """What was published, newest first: new, amended, replaced, abolished.

    Only a published version has a day of publication: asked of that day alone, the index answers.
    """
    rows = _with_what_is_shown(ProcedureVersion.objects.filter(is_announced=True, published_on__isnull=False))
    if field is not None:
        rows = rows.filter(procedure__field=field)
    if agency is not None:
        rows = rows.filter(procedure__agency=agency)
    if since is not None:
        rows = rows.filter(published_on__gte=since)
    return rows.order_by("-published_on", "-pk")


def public_files() -> QuerySet[ProcedureFile]:
    return ProcedureFile.objects.filter(version__state__in=PUBLIC_STATES).select_related("version__procedure")


def agencies_in_register() -> QuerySet[Agency]:
    """Bodies in charge of a procedure in force."""
    rows = Procedure.objects.filter(agency=OuterRef("pk"), is_in_force=True)
    return Agency.objects.filter(Exists(rows))


def agencies_with_counts() -> QuerySet[Agency]:
    """The same, each with `procedure_count`."""
    in_force = Count("procedures", filter=Q(procedures__is_in_force=True))
    return Agency.objects.annotate(procedure_count=in_force).filter(procedure_count__gt=0)


def fields_in_register() -> QuerySet[ProcedureField]:
    rows = Procedure.objects.filter(field=OuterRef("pk"), is_in_force=True)
    return ProcedureField.objects.filter(Exists(rows))


def fields_of_agency(agency: Agency) -> QuerySet[ProcedureField]:
    rows = Procedure.objects.filter(field=OuterRef("pk"), agency=agency, is_in_force=True)
    return ProcedureField.objects.filter(Exists(rows))


def levels_in_register() -> QuerySet[OnlineLevel]:
    rows = Procedure.objects.filter(online_level=OuterRef("pk"), is_in_force=True)
    return OnlineLevel.objects.filter(Exists(rows))


def desk_of(agency: Agency) -> ServiceDesk | None:
    return ServiceDesk.objects.filter(agency=agency).first()
