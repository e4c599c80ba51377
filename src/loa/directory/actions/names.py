from __future__ import annotations

from loa.core import history
from loa.core.text import fold
from loa.directory.models import Agency, AgencyName, User


def remember_correction(printed: str, agency: Agency, *, by: User | None) -> None:
    """Next time this printed name means this agency. Saying it twice keeps one row; the last word counts."""
    others = AgencyName.objects.filter(kind=AgencyName.Kind.CORRECTION, name=printed).exclude(agency=agency)
    others.delete()
    _row, is_new = AgencyName.objects.get_or_create(
        agency=agency, kind=AgencyName.Kind.CORRECTION, name=printed, defaults={"search_name": fold(printed)}
    )
    if is_new:
        history.record(
            agency, "agency.remember_name", by=by, actor="" if by else "import", data={"name": printed}
        )
