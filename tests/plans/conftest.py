import pytest
from plan_scene import TODAY, make_scene


@pytest.fixture
def scene(today):
    """A running plan on 3 June 2019."""
    today(TODAY)
    return make_scene()
