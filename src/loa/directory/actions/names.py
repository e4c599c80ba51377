from __future__ import annotations

from loa.core import history
from loa.core.text import fold
from loa.directory.models import Agency, AgencyGroup, AgencyName, User


def remember_correction(printed: str, meant: Agency | AgencyGroup, *, by: User | None) -> None:
    """Next time this printed name means this body or group. Saying it twice keeps one; the last word counts."""
    others = AgencyName.objects.filter(kind=AgencyName.Kind.CORRECTION, name=printed)
    if isinstance(meant, AgencyGroup):
        others.delete()
        is_new = _add_alias(printed, meant)
    else:
        others.exclude(agency=meant).delete()
        _row, is_new = AgencyName.objects.get_or_create(
            agency=meant,
            kind=AgencyName.Kind.CORRECTION,
            name=printed,
            defaults={"search_name": fold(printed)},
        )
    if is_new:
        action = "group.remember_name" if isinstance(meant, AgencyGroup) else "agency.remember_name"
        history.record(meant, action, by=by, actor="" if by else "import", data={"name": printed})


def _add_alias(printed: str, group: AgencyGroup) -> bool:
    if printed in {group.name, *group.aliases}:
        return False
    group.aliases = [*group.aliases, printed]
    group.save(update_fields=["aliases", "search_name"])
    return True
