import pytest
from budget_scene import TODAY, Scene


@pytest.fixture
def scene(db, today, in_english):
    """A budget on 15 April 2019."""
    today(TODAY)
    return Scene()
