"""What of the registers is searched: procedures, legal documents, publications, public plans and their tasks."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from loa.core import clock
from loa.core.text import headline
from loa.documents.models import LegalDocument
from loa.documents.queries import public_legal_documents
from loa.events.models import Event
from loa.events.queries import public_events
from loa.feedback.models import Publication as PublicAnswer
from loa.feedback.queries import public_answers
from loa.plans.models import Plan, Task
from loa.portal.models import PlanPublication, Publication
from loa.portal.queries.publications import public_publications
from loa.portal.queries.search import Found, Source
from loa.portal.queries.transparency import public_plans, public_tasks
from loa.procedures.models import Procedure, ProcedureVersion
from loa.procedures.queries import public_procedures


def _procedure(procedure: Any) -> Found:
    current = procedure.current
    papers = " ".join(
        str(value) for row in current.papers for value in row.values() if isinstance(value, str)
    )
    words = (
        procedure.code,
        procedure.field.name,
        procedure.agency.name,
        current.steps,
        papers,
        current.audience,
        current.result,
        current.conditions,
        current.keywords,
    )
    return Found(
        title=procedure.name,
        text=" ".join(words),
        url=procedure.get_absolute_url(),
        on=current.published_on,
        agency_id=procedure.agency_id,
    )


def _legal_document(legal: Any) -> Found:
    document = legal.document
    return Found(
        title=f"{legal.name}: {document.subject}",
        text=f"{document.issuer_name} {legal.field} {legal.text}",
        url=legal.public_url,
        on=document.issued_on,
        agency_id=document.issuer_id,
    )


def _publication(publication: Any) -> Found:
    return Found(
        title=publication.title,
        text=f"{publication.get_kind_display()} {publication.about}",
        url=reverse("portal:publication_detail", args=[publication.pk]),
        on=publication.released_on,
        agency_id=publication.agency_id,
    )


def _gathering(event: Any) -> Found:
    return Found(
        title=event.title,
        text=f"{event.get_kind_display()} {event.purpose} {event.place} {event.address}",
        url=reverse("events:public_detail", args=[event.pk]),
        on=clock.day_of(event.starts_at),
        agency_id=event.agency_id,
    )


def _answer(answer: Any) -> Found:
    subject = answer.case.subject.name if answer.case.subject else ""
    return Found(
        title=answer.title,
        text=f"{answer.case.code} {subject} {answer.agency.name} {answer.question} {answer.answer}",
        url=answer.get_absolute_url(),
        on=clock.day_of(answer.published_at),
        agency_id=answer.agency_id,
    )


def _plan(plan: Any) -> Found:
    return Found(
        title=f"{plan.number}: {plan.title}",
        text=plan.publication.introduction,
        url=reverse("portal:plan_public", args=[plan.pk]),
        on=plan.issued_on,
        agency_id=plan.issuer_id,
    )


def _task(task: Any) -> Found:
    return Found(
        title=headline(task.content),
        text=f"{task.plan.number} {task.group} {task.product} {task.due_text}",
        url=reverse("portal:task_public", args=[task.pk]),
        on=task.plan.issued_on,
        agency_id=task.plan.coordinator_id,
    )


def _tasks_of(publication: PlanPublication) -> list[int]:
    return list(Task.objects.filter(plan=publication.plan_id).values_list("pk", flat=True))


def _legal_rows() -> QuerySet[LegalDocument]:
    return public_legal_documents().select_related("document")


REGISTERS = (
    Source(
        "procedure",
        _("Procedures"),
        public_procedures,
        _procedure,
        follows={
            Procedure: lambda procedure: [procedure.pk],
            ProcedureVersion: lambda version: [version.procedure_id],
        },
    ),
    Source(
        "legal",
        _("Legal documents"),
        _legal_rows,
        _legal_document,
        follows={LegalDocument: lambda legal: [legal.pk]},
    ),
    Source(
        "publication",
        _("Publications"),
        public_publications,
        _publication,
        follows={Publication: lambda publication: [publication.pk]},
    ),
    Source(
        "gathering",
        _("Conferences, training and dialogues"),
        public_events,
        _gathering,
        follows={Event: lambda event: [event.pk]},
    ),
    Source(
        "answer",
        _("Answers to citizens"),
        lambda: public_answers().select_related("agency", "case__subject"),
        _answer,
        follows={PublicAnswer: lambda answer: [answer.pk]},
    ),
    Source(
        "plan",
        _("Plans"),
        lambda: public_plans().select_related("publication"),
        _plan,
        follows={Plan: lambda plan: [plan.pk], PlanPublication: lambda publication: [publication.plan_id]},
    ),
    Source(
        "task",
        _("Tasks of plans"),
        lambda: public_tasks().select_related("plan"),
        _task,
        follows={Task: lambda task: [task.pk], PlanPublication: _tasks_of},
    ),
)
