from loa.desk import actions


def apply_due() -> int:
    """Reorganisations whose day has come. Returns how many were applied."""
    return actions.apply_due_decisions()
