"""The sizes of a picture are made when it arrives, not while a reader waits."""

from io import BytesIO

import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile
from PIL import Image

from loa.portal.actions.media import make_sizes
from loa.portal.jobs import media
from loa.portal.models import Picture, PictureRendition
from loa.portal.queries import shown_specs, unmade_specs
from loa.portal.templatetags.portal_pages import photo

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def drawn(colour):
    out = BytesIO()
    Image.new("RGB", (1600, 900), colour).save(out, "PNG")
    return ContentFile(out.getvalue(), name="anh.png")


@pytest.fixture
def arrived(django_capture_on_commit_callbacks):
    cache.clear()  # remembers sizes beyond the test that made them
    with django_capture_on_commit_callbacks(execute=True):
        return Picture.objects.create(title="Một cửa", alt_text="Quầy một cửa", file=drawn("teal"))


def test_picture_that_arrives_has_every_size(arrived):
    assert sorted(arrived.renditions.values_list("filter_spec", flat=True)) == sorted(shown_specs())


@pytest.mark.parametrize("shape", ["card", "big", "wide", "body"])
def test_showing_a_picture_makes_no_size(arrived, shape):
    before = PictureRendition.objects.count()

    photo(Picture.objects.get(pk=arrived.pk), shape)

    assert PictureRendition.objects.count() == before


def test_sizes_are_made_once(arrived):
    before = set(arrived.renditions.values_list("pk", flat=True))

    make_sizes(arrived)

    assert set(arrived.renditions.values_list("pk", flat=True)) == before


def test_another_focal_point_has_its_own_sizes(arrived, django_capture_on_commit_callbacks):
    arrived.focal_point_x, arrived.focal_point_y = 200, 200
    arrived.focal_point_width, arrived.focal_point_height = 100, 100

    with django_capture_on_commit_callbacks(execute=True):
        arrived.save()

    assert unmade_specs(Picture.objects.get(pk=arrived.pk)) == []


def test_picture_that_was_thrown_away_is_left_alone(arrived):
    key = arrived.pk
    arrived.delete()

    media.make_sizes(key)

    assert not PictureRendition.objects.exists()
