"""Who sees a publication, what the public sees, what counts and what it costs."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Exists, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from loa.budgets.models import Estimate, EstimateLine
from loa.budgets.queries import with_money
from loa.core.text import fold
from loa.directory.models import Agency
from loa.directory.queries import itself_and_left_to
from loa.plans.models import Target, Topic
from loa.plans.queries.plan import overseen_by, reading_agency
from loa.portal.models import DownloadDay, Parcel, Publication, PublicationFile

STAFF = ("contributor", "officer", "editor", "approver", "focal_point", "head", "clerk", "leader")
SHOWN_STATES = ("approved", "released", "withdrawn")
PRINTS = "ấn phẩm"  # the unit where a task names none of its own for printed things
COPIES = (  # units that mean copies, folded; any other unit counts the publication as one
    "to", "ban", "ban in", "cuon", "quyen", "to gap", "to roi", "ap phich", "dia", "chiec", "cai",
)  # fmt: skip
TITLES = ("an pham", "mau", "mau an pham", "loai", "loai an pham", "dau an pham", "tai lieu")


def staff_agency(user: Any) -> Agency | None:
    """The agency whose publications this person sees; an administrator without another role sees none."""
    hat = getattr(user, "hat", None)
    return hat.agency if hat and hat.holds(*STAFF) else None


def publications_visible_to(user: Any) -> QuerySet[Publication]:
    """Those overseen, and those whose copies were sent to one's agency."""
    agency = staff_agency(user)
    if agency is None:
        return Publication.objects.none()
    own = Parcel.objects.filter(dispatch__publication=OuterRef("pk"), agency__in=itself_and_left_to(agency))
    sent_here = Q(Exists(own), state__in=SHOWN_STATES)
    return Publication.objects.filter(_overseen(user, agency) | sent_here)


def publications_overseen_by(user: Any) -> QuerySet[Publication]:
    """Whose money, rounds and board one sees: its agency; once approved, who oversees the plan of its work."""
    agency = staff_agency(user)
    return Publication.objects.filter(_overseen(user, agency)) if agency else Publication.objects.none()


def _overseen(user: Any, agency: Agency) -> Q:
    seen = Q(agency__in=itself_and_left_to(agency))
    if reader := reading_agency(user):
        work = overseen_by(reader, "assignment__plan__") | overseen_by(reader, "duty_assignment__plan__")
        seen |= Q(state__in=SHOWN_STATES) & work
    return seen


def publications_waiting_for(user: Any) -> QuerySet[Publication]:
    """What this person can move now: drafts returned or begun, others' work to look at, what is to be released."""
    agency = staff_agency(user)
    if agency is None:
        return Publication.objects.none()
    hat, moves = user.hat, Q(pk__in=[])
    if hat.holds("contributor", "editor", "focal_point"):
        moves |= Q(state="draft", changed_by=user)
    if hat.holds("approver", "head"):
        others = ~Q(created_by=user) & ~Q(changed_by=user)
        moves |= Q(state="with_editor") & others & (Q(handed_in_by__isnull=True) | ~Q(handed_in_by=user))
    if hat.holds("editor", "focal_point"):
        moves |= Q(state="approved")
    return Publication.objects.filter(moves, agency=agency).select_related("agency")


def publication_files_visible_to(user: Any) -> QuerySet[PublicationFile]:
    return PublicationFile.objects.filter(publication__in=publications_visible_to(user))


def public_publications() -> QuerySet[Publication]:
    return Publication.objects.filter(state="released")


def public_files() -> QuerySet[PublicationFile]:
    """What anybody may download: files for reading; the printer's stay inside."""
    return PublicationFile.objects.filter(publication__state="released", purpose="reading")


def years_of_release() -> list[int]:
    return [day.year for day in public_publications().order_by().dates("released_on", "year", order="DESC")]


def public_topics() -> QuerySet[Topic]:
    """Topics of plans that a released publication is about."""
    about = Publication.topics.through.objects.filter(topic=OuterRef("pk"), publication__state="released")
    return Topic.objects.filter(Exists(about)).order_by("plan", "position")


def searched(rows: QuerySet[Publication], words: str) -> QuerySet[Publication]:
    """Accents optional; every word must occur in the title or what it is about."""
    for word in fold(words).split()[:12]:
        rows = rows.filter(search_text__contains=word)
    return rows


def with_figures(rows: QuerySet[Publication]) -> QuerySet[Publication]:
    """Adds `given_out`, `received_count` (copies) and `download_count`."""
    return rows.annotate(
        given_out=_copies("quantity"), received_count=_copies("received"), download_count=_downloads()
    )


def _copies(field: str) -> Any:
    parcels = Parcel.objects.filter(dispatch__publication=OuterRef("pk"), dispatch__state="sent")
    total = parcels.order_by().values("dispatch__publication").annotate(sum=Sum(field)).values("sum")
    return Coalesce(Subquery(total, output_field=IntegerField()), 0)


def _downloads() -> Any:
    days = DownloadDay.objects.filter(file__publication=OuterRef("pk"))
    total = days.order_by().values("file__publication").annotate(sum=Sum("count")).values("sum")
    return Coalesce(Subquery(total, output_field=IntegerField()), 0)


def given_out(publication: Publication) -> int:
    """Copies in rounds that were sent and not called off."""
    sent = Parcel.objects.filter(dispatch__publication=publication, dispatch__state="sent")
    return sent.aggregate(sum=Sum("quantity"))["sum"] or 0


def downloads_by_day(publication: Publication) -> list[tuple[Any, int]]:
    rows = DownloadDay.objects.filter(file__publication=publication).order_by().values_list("on")
    return list(rows.annotate(sum=Sum("count")).order_by("-on")[:31])


# money -------------------------------------------------------------------------------------------


def cost_lines_for(agency: Agency) -> QuerySet[EstimateLine]:
    """Lines of the agency's own estimates that were approved, newest year first."""
    rows = EstimateLine.objects.filter(estimate__agency=agency, approved__isnull=False)
    return rows.select_related("estimate__budget", "task").order_by("-estimate__year", "position")


@dataclass(frozen=True, slots=True)
class Cost:
    """Whole đồng."""

    line: EstimateLine
    estimate: Estimate
    planned: int
    bound: int
    spent: int


def cost_of(publication: Publication) -> Cost | None:
    if publication.cost_line_id is None:
        return None
    lines = EstimateLine.objects.filter(pk=publication.cost_line_id).select_related("estimate__budget")
    row: Any = with_money(lines).get()
    return Cost(row, row.estimate, int(row.approved_amount), int(row.committed_amount), int(row.paid_amount))


# the plan's work ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Counted:
    quantity: Decimal
    unit: str


def counted_as(publication: Publication) -> Counted:
    """What a publication adds to its task: its print run where the task counts copies, else one."""
    units = _asked_units(publication)
    for unit in units:
        if fold(unit) in COPIES and publication.print_run:
            return Counted(Decimal(publication.print_run), unit)
    unit = next((unit for unit in units if fold(unit) in TITLES), PRINTS)
    return Counted(Decimal(1), unit)


def _asked_units(publication: Publication) -> list[str]:
    if publication.assignment is None:
        return []
    targets = Target.objects.filter(task=publication.assignment.task_id).order_by("pk")
    return list(targets.values_list("unit", flat=True))
