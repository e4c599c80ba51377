import pytest
from django.core.cache import cache
from procedure_scene import TODAY, Scene


@pytest.fixture
def scene(db, today, in_english):
    """A department on 3 June 2019."""
    today(TODAY)
    cache.clear()
    return Scene()
