from __future__ import annotations

from datetime import datetime

from loa.core.then import last_day_before
from loa.desk.models import KeptFigures
from loa.desk.queries.leadership import count_figures, scope_to_keep
from loa.plans.models import Plan


def keep_figures(plan: Plan, moment: datetime) -> bool:
    """Count a plan's figures as they were before a moment and keep them as its day's, unless later ones are kept.

    One row is written at the end, so that a killed count leaves what was kept before.
    """
    figures = count_figures(scope_to_keep(plan, moment)).to_json()
    row, is_new = KeptFigures.objects.get_or_create(
        plan=plan, day=last_day_before(moment), defaults={"at": moment, "figures": figures}
    )
    if is_new:
        return True
    older = KeptFigures.objects.filter(pk=row.pk, at__lt=moment)
    return older.update(at=moment, figures=figures) == 1
