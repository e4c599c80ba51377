from loa.core import clock
from loa.desk import actions
from loa.desk.queries.leadership import days_to_close, large_plans, moment_to_keep


def apply_due() -> int:
    """Reorganisations whose day has come. Returns how many were applied."""
    return actions.apply_due_decisions()


def keep_figures_fresh() -> int:
    """The figures of large plans are counted beforehand, and once more for each day that has ended."""
    now, kept = clock.now(), 0
    for plan in large_plans():
        moment = moment_to_keep(plan, now)
        for each in [*days_to_close(plan, now), *([moment] if moment else [])]:
            kept += actions.keep_figures(plan, each)
    return kept
