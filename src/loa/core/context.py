from typing import Any

from django.conf import settings
from django.http import HttpRequest

from loa.core import clock


def interface(request: HttpRequest) -> dict[str, Any]:
    """What every page needs: the languages to choose from and, in a demo, the date it plays. No query."""
    return {
        "languages": settings.LANGUAGES,
        "demo_date": clock.today() if clock.is_fixed() else None,
    }
