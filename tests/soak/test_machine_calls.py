"""Whatever a program sends to the interfaces for programs, the answer is one that is described.

Cases are generated from the schemas with a fixed seed. `LOA_SOAK=full` tries many more.
"""

import os
from datetime import date

import pytest
import schemathesis
from django.core.cache import cache
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from drf_spectacular.generators import SchemaGenerator
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from api.open311_openapi import document
from api.open311_scene import LETTERS, make_scene, publish
from factories.api import make_key
from factories.feedback import make_assigned

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
EXAMPLES = 200 if os.environ.get("LOA_SOAK") == "full" else 5
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]


@pytest.fixture
def scene(today, settings):
    today(date(2019, 3, 4))
    cache.clear()
    settings.OPEN_DATA_RATE = "1000000/min"
    scene = make_scene()
    scene["key"].rate = 1_000_000
    scene["key"].save()
    scene["case"] = make_assigned(scene["agency"], intake=scene["intake"], subject=scene["subject"])
    published = make_assigned(scene["agency"], intake=scene["intake"], subject=scene["subject"])
    publish(published, scene)
    for signal in (request_started, request_finished):  # the test's own connection stays open
        signal.disconnect(close_old_connections)
    yield scene
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)
    cache.clear()


def try_all(raw, headers=None):
    """Every operation with what fits its schema and with what does not."""
    schema = schemathesis.openapi.from_dict(raw)
    schema.app = get_wsgi_application()
    for result in schema.get_all_operations():
        operation = result.ok()
        cases = st.one_of(
            operation.as_strategy(GenerationMode.POSITIVE), operation.as_strategy(GenerationMode.NEGATIVE)
        )

        @seed(311)
        @settings(
            max_examples=EXAMPLES,
            deadline=None,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=cases)
        def answers_as_described(case):
            case.call_and_validate(headers=headers, checks=CHECKS)

        answers_as_described()


def test_open311_answers_as_described(scene):
    try_all(
        document(letters=LETTERS, service_code=scene["subject"].code, case_code=scene["case"].code),
    )


def test_api_answers_as_described(scene):
    letters = "loa_all"
    make_key(
        scene["focal_point"], "may_read", "may_write", "may_see_identity", letters=letters, rate=1_000_000
    )

    try_all(SchemaGenerator().get_schema(public=True), {"Authorization": f"Bearer {letters}"})
