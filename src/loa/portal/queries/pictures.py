"""The sizes in which pages show a picture; what shows one and what makes them beforehand read the same table."""

from __future__ import annotations

from typing import NamedTuple

from wagtail.images.models import Filter

from loa.portal.models import Picture


class Shape(NamedTuple):
    """The sizes a place on a page needs: webp in widths to choose from, one that every browser knows."""

    modern: tuple[str, ...]
    plain: str
    sizes: str

    @property
    def modern_specs(self) -> list[str]:
        return [f"{spec}|format-webp|webpquality-78" for spec in self.modern]

    @property
    def plain_spec(self) -> str:
        return f"{self.plain}|format-jpeg|jpegquality-80|bgcolor-ffffff"


SHAPES = {
    "card": Shape(("fill-400x225", "fill-800x450"), "fill-400x225", "(max-width: 640px) 92vw, 360px"),
    "big": Shape(("fill-480x270", "fill-960x540"), "fill-960x540", "(max-width: 800px) 92vw, 660px"),
    "wide": Shape(("fill-480x270", "fill-960x540"), "fill-960x540", "(max-width: 760px) 92vw, 720px"),
    "body": Shape(("width-480", "width-960"), "width-960", "(max-width: 760px) 92vw, 720px"),
}
CARD_SPEC = "fill-1200x630|format-jpeg|jpegquality-80|bgcolor-ffffff"  # what social networks show


def shown_specs() -> list[str]:
    """Every size that some page may ask for, once."""
    wanted = [spec for shape in SHAPES.values() for spec in (*shape.modern_specs, shape.plain_spec)]
    return list(dict.fromkeys([*wanted, CARD_SPEC]))


def unmade_specs(picture: Picture) -> list[str]:
    """The sizes that are still to be made, for the focal point the picture has now."""
    made = set(picture.renditions.values_list("filter_spec", "focal_point_key"))
    return [spec for spec in shown_specs() if (spec, Filter(spec=spec).get_cache_key(picture)) not in made]
