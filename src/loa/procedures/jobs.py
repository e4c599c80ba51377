"""Slow work of procedures: ids in, actions called. Safe to run twice."""

from loa.core.models import Job
from loa.procedures import actions
from loa.procedures.models import ProcedureImport


def read_import(pk: int, job_pk: int) -> None:
    actions.read_import(ProcedureImport.objects.get(pk=pk), Job.objects.get(pk=job_pk))


def take_in_import(pk: int, by_pk: int, job_pk: int) -> None:
    actions.take_in_import(ProcedureImport.objects.get(pk=pk), Job.objects.get(pk=job_pk), by_pk=by_pk)
