"""An amendment applied: each change to the printed content, and what it means for the work of the bodies."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Max

from loa.core import history
from loa.core.models import CountedDay
from loa.directory.models import Agency, AgencyGroup, User
from loa.directory.queries import GROUP, members_of
from loa.plans.actions.ending import end_assignment, end_task, release_request
from loa.plans.models import (
    Amendment,
    AmendmentChange,
    Assignment,
    CoordinationRequest,
    Duty,
    DutyAssignment,
    PlanBody,
    ReportingRule,
    Target,
    Task,
    TaskBody,
)
from loa.plans.queries.printed import TASK_ROLES, bodies_in
from loa.plans.states import ASSIGNMENT, CLOSED_ASSIGNMENT_STATES, REQUEST

Json = dict[str, Any]
Kind = AmendmentChange.Kind


class Amending:
    """Applies the changes of one amendment in their order; `affected` are the bodies to tell, by id."""

    def __init__(self, amendment: Amendment, changes: list[AmendmentChange], *, by: User) -> None:
        self.amendment, self.changes, self.by = amendment, changes, by
        self.plan = amendment.plan
        self.affected: set[int] = set()
        codes = bodies_in(reading for change in changes for reading in (change.before, change.after))
        self.agencies = {row.code: row for row in Agency.objects.filter(code__in=codes)}
        names = [code.removeprefix(GROUP) for code in codes if code.startswith(GROUP)]
        self.groups = {f"{GROUP}{row.code}": row for row in AgencyGroup.objects.filter(code__in=names)}
        self.members = members_of(self.groups.values(), amendment.effective_on)

    @property
    def note(self) -> str:
        return f"{self.amendment}: {self.amendment.subject}"

    def run(self) -> None:
        apply = {
            Kind.ADD_TASK: self._add_task,
            Kind.CHANGE_TASK: self._change_task,
            Kind.END_TASK: self._end_task,
            Kind.ADD_DUTY: self._add_duty,
            Kind.CHANGE_DUTY: self._change_duty,
            Kind.ADD_RULE: self._add_rule,
            Kind.CHANGE_RULE: self._change_rule,
        }
        for change in self.changes:
            apply[Kind(change.kind)](change)
        self._name_bodies()

    # bodies -------------------------------------------------------------------------------------------
    def _body(self, code: str) -> tuple[Agency | None, AgencyGroup | None]:
        return self.agencies.get(code), self.groups.get(code)

    def _expanded(self, codes: Iterable[str]) -> dict[int, Agency]:
        """Each agency once; groups as of the day of effect."""
        found: dict[int, Agency] = {}
        for code in codes:
            agency, group = self._body(code)
            for each in [agency] if agency else self.members.get(group.pk, []) if group else []:
                found.setdefault(each.pk, each)
        return found

    def _role(self, reading: Json, role: str) -> dict[int, Agency]:
        return self._expanded(body["code"] for body in reading.get(role) or [])

    def _name_bodies(self) -> None:
        """Bodies that are new in a role see the plan from now on, and may open its papers."""
        roles = {
            (pk, role)
            for change in self.changes
            if change.kind != Kind.END_TASK
            for role in TASK_ROLES
            for pk in self._role(change.after, role)
        }
        duties = [row.after.get("code") or "" for row in self.changes if row.kind == Kind.ADD_DUTY]
        roles |= {(pk, PlanBody.Role.DUTY) for pk in self._expanded(duties)}
        PlanBody.objects.bulk_create(
            (PlanBody(plan=self.plan, agency_id=pk, role=role) for pk, role in sorted(roles)),
            ignore_conflicts=True,
        )
        readers = {pk for pk, _role in roles}
        self.plan.document.readers.add(*readers)
        if self.amendment.document:
            self.amendment.document.readers.add(*readers)

    # tasks --------------------------------------------------------------------------------------------
    def _add_task(self, change: AmendmentChange) -> None:
        last = self.plan.tasks.aggregate(last=Max("position"))["last"] or 0
        earlier = change.predecessor
        task = Task(
            plan=self.plan,
            position=last + 1,
            predecessor=earlier,
            carried_over_from=earlier.plan.year if earlier else None,
            **_task_fields(change.after),
        )
        task.save()
        AmendmentChange.objects.filter(pk=change.pk).update(task=task)
        change.task = task
        self._write_bodies(task, change.after)
        self._write_targets(task, change.after)
        history.record(task, "task.add", by=self.by, note=self.note, data=self._data())
        if earlier:
            history.record(earlier, "task.carried_into", by=self.by, note=str(task), data={"task": task.pk})
        leads, asked = self._role(change.after, "lead"), self._role(change.after, "coordinating")
        self._assign(task, leads)
        self._ask(task, {pk: agency for pk, agency in asked.items() if pk not in leads})
        self.affected |= {*leads, *asked}

    def _change_task(self, change: AmendmentChange) -> None:
        task, before, after = change.task, change.before, change.after
        assert task  # a change of a task has one
        task.plan = self.plan
        for name, value in _task_fields(after).items():
            setattr(task, name, value)
        task.save()
        if any(before[role] != after[role] for role in TASK_ROLES):
            self._write_bodies(task, after)
        if before["targets"] != after["targets"]:
            self._write_targets(task, after)
        changed = [key for key in after if before.get(key) != after[key]]
        history.record(
            task, "task.amend", by=self.by, note=change.reason or self.note, data=self._data(changed=changed)
        )
        self._change_leads(task, before, after)
        self._change_requests(task, before, after)
        if before["due_on"] != after["due_on"]:
            self._move(task)
        self.affected |= set(
            Assignment.objects.filter(task=task).exclude(state="done").values_list("agency", flat=True)
        )

    def _end_task(self, change: AmendmentChange) -> None:
        task = change.task
        assert task  # a change that ends a task has one
        task.plan = self.plan
        self.affected |= set(task.assignments.exclude(state="done").values_list("agency", flat=True))
        self.affected |= set(task.requests.values_list("agency", flat=True))
        end_task(task, on=self.amendment.effective_on, note=f"{self.note}. {change.reason}", by=self.by)

    def _change_leads(self, task: Task, before: Json, after: Json) -> None:
        old, new = self._role(before, "lead"), self._role(after, "lead")
        for assignment in task.assignments.filter(agency__in=old.keys() - new.keys(), words=""):
            assignment.plan, assignment.task = self.plan, task
            end_assignment(assignment, note=self.note, by=self.by)
            self.affected.add(assignment.agency_id)
        self._assign(task, {pk: new[pk] for pk in new.keys() - old.keys()})

    def _change_requests(self, task: Task, before: Json, after: Json) -> None:
        leads = self._role(after, "lead")
        old, new = self._role(before, "coordinating"), self._role(after, "coordinating")
        gone = (old.keys() - new.keys()) | leads.keys()
        for request in task.requests.filter(agency__in=gone):
            release_request(request, task=task, note=self.note, by=self.by)
        self._ask(task, {pk: new[pk] for pk in new.keys() - old.keys() - leads.keys()})
        self.affected |= old.keys() ^ new.keys()

    def _assign(self, task: Task, agencies: dict[int, Agency]) -> None:
        """A lead that had the task before and lost it gets its own work back."""
        known = {row.agency_id: row for row in task.assignments.filter(agency__in=agencies, words="")}
        for assignment in known.values():
            if assignment.state == "ended":
                assignment.plan, assignment.task = self.plan, task
                ASSIGNMENT.take(assignment, "resume", by=self.by, note=self.note, due_on=task.due_on)
        Assignment.objects.bulk_create(
            Assignment(
                task=task,
                plan=self.plan,
                agency=agency,
                due_on=task.due_on,
                original_due_on=task.due_on,
                assigned_on=self.amendment.effective_on,
            )
            for pk, agency in agencies.items()
            if pk not in known
        )

    def _ask(self, task: Task, agencies: dict[int, Agency]) -> None:
        known = {row.agency_id: row for row in task.requests.filter(agency__in=agencies)}
        for request in known.values():
            if request.state == "released":
                request.task = task
                REQUEST.take(request, "ask_again", by=self.by, note=self.note)
        CoordinationRequest.objects.bulk_create(
            CoordinationRequest(task=task, agency=agency)
            for pk, agency in agencies.items()
            if pk not in known
        )

    def _move(self, task: Task) -> None:
        """The paper's date counts for all open work it names, also where more time had been granted before."""
        rows = list(
            Assignment.objects.filter(task=task, words="").exclude(state__in=CLOSED_ASSIGNMENT_STATES)
        )
        for row in rows:
            if row.due_on == task.due_on:
                continue
            data = self._data(**{"from": _iso(row.due_on), "to": _iso(task.due_on)})
            Assignment.objects.filter(pk=row.pk).update(due_on=task.due_on)
            history.record(row, "assignment.amend", by=self.by, note=self.note, data=data)
        _forget_counts([task, *rows])

    def _write_bodies(self, task: Task, reading: Json) -> None:
        task.bodies.filter(role__in=TASK_ROLES).delete()
        pairs = [(role, body) for role in TASK_ROLES for body in reading[role]]
        last = task.bodies.aggregate(last=Max("position"))["last"]
        first = 0 if last is None else last + 1
        rows = []
        for position, (role, body) in enumerate(pairs, first):
            agency, group = self._body(body["code"])
            rows.append(
                TaskBody(
                    task=task,
                    role=role,
                    printed=body["printed"][:500],
                    agency=agency,
                    group=group,
                    position=position,
                )
            )
        TaskBody.objects.bulk_create(rows)

    def _write_targets(self, task: Task, reading: Json) -> None:
        """A target of the same unit keeps its row, and with it what was entered for it."""
        known = {row.unit: row for row in task.targets.all()}
        for item in reading["targets"]:
            target = known.pop(item["unit"], None) or Target(
                task=task, measure=item["unit"][:300], unit=item["unit"]
            )
            target.quantity = Decimal(item["quantity"])
            target.save()
        Target.objects.filter(pk__in=[row.pk for row in known.values()]).delete()

    # duties and rules ---------------------------------------------------------------------------------
    def _add_duty(self, change: AmendmentChange) -> None:
        reading = change.after
        agency, group = self._body(reading["code"])
        last = self.plan.duties.aggregate(last=Max("position"))["last"] or 0
        duty = Duty.objects.create(
            plan=self.plan,
            position=last + 1,
            printed_body=reading["body"][:500],
            agency=agency,
            group=group,
            text=reading["text"],
        )
        AmendmentChange.objects.filter(pk=change.pk).update(duty=duty)
        bodies = self._expanded([reading["code"]])
        DutyAssignment.objects.bulk_create(
            DutyAssignment(duty=duty, plan=self.plan, agency=each, assigned_on=self.amendment.effective_on)
            for each in bodies.values()
        )
        self.affected |= bodies.keys()

    def _change_duty(self, change: AmendmentChange) -> None:
        duty = change.duty
        assert duty  # a change of a duty has one
        Duty.objects.filter(pk=duty.pk).update(text=change.after["text"])
        rows = list(duty.assignments.all())
        for row in rows:
            history.record(row, "duty_assignment.amend", by=self.by, note=self.note, data=self._data())
        self.affected |= {row.agency_id for row in rows}

    def _add_rule(self, change: AmendmentChange) -> None:
        last = self.plan.reporting_rules.aggregate(last=Max("position"))["last"]
        rule = ReportingRule.objects.create(
            plan=self.plan, position=0 if last is None else last + 1, **_rule_fields(change.after)
        )
        AmendmentChange.objects.filter(pk=change.pk).update(rule=rule)
        self.affected |= set(self.plan.bodies.values_list("agency", flat=True))

    def _change_rule(self, change: AmendmentChange) -> None:
        assert change.rule  # a change of a rule has one
        ReportingRule.objects.filter(pk=change.rule.pk).update(**_rule_fields(change.after))
        self.affected |= set(self.plan.bodies.values_list("agency", flat=True))

    def _data(self, **more: Any) -> Json:
        return {"amendment": self.amendment.pk, **more}


def _task_fields(reading: Json) -> Json:
    return {
        "no": reading["no"][:30],
        "content": reading["content"],
        "product": reading["product"],
        "due_text": reading["due_text"][:500],
        "due_on": _day(reading["due_on"]),
        "is_due_before": reading["is_before"],
        "note": reading["note"],
    }


def _rule_fields(reading: Json) -> Json:
    agency = Agency.objects.filter(name=reading["to"]).first() if reading["to"] else None
    return {
        "who": reading["who"],
        "to": agency,
        "to_text": reading["to"][:300],
        "when_text": reading["when_text"],
        "recurrence": reading["recurrence"],
        "month_day": reading["month_day"],
        "is_before": reading["is_before"],
        "due_on": _day(reading["due_on"]),
    }


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _forget_counts(rows: Iterable[Task | Assignment]) -> None:
    """A date that a paper sets is no longer counted: a changed calendar does not move it."""
    for row in rows:
        kind = ContentType.objects.get_for_model(row)
        CountedDay.objects.filter(content_type=kind, object_id=row.pk, field="due_on").delete()
