"""What can be asked of the loaded apps: relations, permissions, state tables."""

import importlib

import pytest
import rules
from django.apps import apps
from django.conf import settings

from architecture.tree import RANK, modules
from loa.core.workflow import Flow


def own_models():
    return [model for model in apps.get_models() if model.__module__.startswith("loa.")]


def app_of(model):
    return model.__module__.split(".")[1]


def relations_upwards(models):
    for model in models:
        for field in model._meta.get_fields():
            if not field.is_relation or field.auto_created or not field.related_model:
                continue
            target = field.related_model
            if not target.__module__.startswith("loa.") or target._meta.label == settings.AUTH_USER_MODEL:
                continue
            if RANK[app_of(target)] > RANK[app_of(model)]:
                yield f"{model.__name__}.{field.name} -> {target.__name__}"


def test_relations_point_down():
    assert list(relations_upwards(own_models())) == []


def test_relation_upwards_is_caught():
    class Field:
        is_relation, auto_created, name = True, False, "plan"
        related_model = apps.get_model("plans", "Plan")

    class Meta:
        @staticmethod
        def get_fields():
            return [Field]

    class Low:
        __module__ = "loa.core.models"
        _meta = Meta

    assert list(relations_upwards([Low])) == ["Low.plan -> Plan"]


def flows():
    for app, module, _path in modules():
        if module == "states":
            states = importlib.import_module(f"loa.{app}.states")
            yield from ((app, flow) for flow in vars(states).values() if isinstance(flow, Flow))


FLOWS = sorted(flows(), key=lambda pair: (pair[0], pair[1].noun))


@pytest.mark.parametrize(("app", "flow"), FLOWS, ids=lambda value: getattr(value, "noun", value))
def test_each_permission_of_a_flow_is_registered(app, flow):
    missing = [step.permission for step in flow.steps if not rules.perm_exists(step.permission)]

    assert missing == []


@pytest.mark.parametrize(("app", "flow"), FLOWS, ids=lambda value: getattr(value, "noun", value))
def test_each_state_of_a_flow_can_be_reached(app, flow):
    reached = {step.target for step in flow.steps}
    first = next(iter(flow.states))

    assert set(flow.states) - reached - {first} == set()


def test_every_refusal_and_return_needs_a_reason():
    silent = [
        f"{flow.noun}.{step.name}"
        for _app, flow in FLOWS
        for step in flow.steps
        if step.name.split("_")[0] in {"return", "refuse", "decline", "reopen", "cancel", "drop"}
        and not step.needs_note
    ]

    assert silent == []
