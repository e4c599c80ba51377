"""Every app's clocks in one place: run by `loa clocks`, and each minute by the workers' schedule.

The clocks are named in the settings, so that no app imports another's.
"""

from django.conf import settings
from django.utils.module_loading import import_string


def run_clocks() -> dict[str, int]:
    """Run each clock once; returns how many rows each one moved, by its dotted name."""
    return {name: import_string(name)() for name in settings.CLOCKS}
