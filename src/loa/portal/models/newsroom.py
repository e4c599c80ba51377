"""The stages a page passes before readers see it. Wagtail's workflow carries them; who acts follows from the hat."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.module_loading import import_string
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel
from wagtail.models import Orderable, Task, TaskState

from loa.core import clock
from loa.portal.models.pages import Column


class StageRole(models.TextChoices):
    EDITOR = "editor", _("Editing")
    HEAD = "head", _("Checking by the head of the agency")
    APPROVER = "approver", _("Approval")


class StageDesk(models.TextChoices):
    SITE = "site", _("the agency of the site")
    CITY = "city", _("the city's desk")


class EditorialStage(Task):
    """One stage: which role of which agency acts. There is one row for each pair, shared by all columns."""

    role = models.CharField(_("who acts"), max_length=10, choices=StageRole)
    desk = models.CharField(_("of which agency"), max_length=5, choices=StageDesk, default=StageDesk.SITE)

    admin_form_fields = [*Task.admin_form_fields, "role", "desk"]
    admin_form_readonly_on_edit_fields = [*Task.admin_form_readonly_on_edit_fields, "role", "desk"]

    class Meta:
        verbose_name = _("editorial stage")
        verbose_name_plural = _("editorial stages")
        constraints = [models.UniqueConstraint(fields=["role", "desk"], name="editorial_stage_once")]

    @property
    def decides(self) -> bool:
        """An editor hands on what was worked over; a head and an approver judge what others wrote."""
        return self.role != StageRole.EDITOR

    def start(self, workflow_state: Any, user: Any = None) -> TaskState:
        """Who holds the editor's part and writes the story hands it straight to the next stage."""
        state = super().start(workflow_state, user)
        state.started_at = clock.now()  # by the city's clock, in a demo that of the played day
        state.save(update_fields=["started_at"])
        page = workflow_state.content_object
        if not self.decides and user and page.owner_id == user.pk and _stages("acts_at")(self, page, user):
            state.status = TaskState.STATUS_SKIPPED
            state.save(update_fields=["status"])
        return state

    def user_can_access_editor(self, obj: Any, user: Any) -> bool:
        return _stages("acts_at")(self, obj, user)

    def locked_for_user(self, obj: Any, user: Any) -> bool:
        return not _stages("acts_at")(self, obj, user)

    def user_can_lock(self, obj: Any, user: Any) -> bool:
        return _stages("acts_at")(self, obj, user)

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, str, bool]]:
        if _stages("why_not_act")(self, obj, user):
            return []
        go_on = gettext("Hand on") if not self.decides else gettext("Approve")
        return [("reject", gettext("Return with a reason"), True), ("approve", go_on, False)]

    def get_form_for_action(self, action: str) -> type:
        return import_string("loa.portal.forms.newsroom.StageForm" if action != "reject" else RETURN_FORM)

    def on_action(self, task_state: Any, user: Any, action_name: str, **kwargs: Any) -> None:
        import_string("loa.portal.actions.stages.act_at_stage")(
            self, task_state, step=action_name, note=kwargs.get("comment", ""), by=user
        )

    def get_task_states_user_can_moderate(self, user: Any, **_kwargs: Any) -> models.QuerySet:
        return _stages("states_waiting_for")(self, user)

    @classmethod
    def get_description(cls) -> str:
        return gettext(
            "People of one role in the agency of the site, or at the city's desk, act at this stage"
        )


RETURN_FORM = "loa.portal.forms.newsroom.ReturnForm"


def _stages(name: str) -> Any:
    """What Wagtail asks of a task is answered by the queries, which stand above the models."""
    return import_string(f"loa.portal.queries.stages.{name}")


class ColumnStage(Orderable):
    """A stage that the editors-in-chief of a column want; without any, those of the column above hold."""

    column = ParentalKey(Column, on_delete=models.CASCADE, related_name="stages")
    role = models.CharField(_("stage"), max_length=10, choices=StageRole)
    desk = models.CharField(_("who acts there"), max_length=5, choices=StageDesk, default=StageDesk.SITE)

    panels = [FieldPanel("role"), FieldPanel("desk")]

    class Meta(Orderable.Meta):
        verbose_name = _("stage of a column")

    def __str__(self) -> str:
        return f"{self.get_role_display()} – {self.get_desk_display()}"
