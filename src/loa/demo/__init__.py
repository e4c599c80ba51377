"""The sample city. `TODAY` is known before the apps are loaded: the settings read it at their start."""

from datetime import date

TODAY = date(
    2019, 7, 15
)  # a Monday in mid-year: half the reports are issued, some work is late, money is being spent
