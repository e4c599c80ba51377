from datetime import date, timedelta

from django.utils import timezone

from loa.core import clock


def test_today_is_the_real_day_without_a_fixed_one():
    assert clock.today() == timezone.localdate()
    assert clock.is_fixed() is False


def test_fixed_day_keeps_the_time_of_day(settings):
    settings.TODAY = "2019-06-03"

    moment = clock.now()

    assert clock.today() == date(2019, 6, 3)
    assert (
        abs(
            (moment.time().hour * 60 + moment.time().minute)
            - (timezone.now().hour * 60 + timezone.now().minute)
        )
        <= 1
    )
    assert clock.is_fixed() is True


def test_played_day_goes_before_the_fixed_one(settings, today):
    settings.TODAY = "2019-06-03"
    today(date(2019, 6, 3) + timedelta(days=1))

    assert clock.today() == date(2019, 6, 4)
