"""The sample city. `TODAY` is known before the apps are loaded: the settings read it at their start."""

from datetime import date

TODAY = date(
    2020, 1, 6
)  # a Monday: the plan's year has ended, some work is late, the last report is being written
