"""What the end of a workflow does. Wagtail imports this with its models, so nothing is imported here."""

from typing import Any


def publish_approved(workflow_state: Any, user: Any = None) -> None:
    from loa.portal.actions.stages import publish_latest  # noqa: PLC0415  the models are not loaded yet

    publish_latest(workflow_state.content_object, by=user)
