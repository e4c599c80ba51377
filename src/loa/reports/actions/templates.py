from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from loa.core import history
from loa.core.access import require
from loa.core.text import format_date
from loa.core.workflow import FlowError
from loa.directory.models import User
from loa.reports.models import ReportTemplate
from loa.reports.queries.formulas import formulas
from loa.reports.queries.shipped import shipped

Sections = Sequence[Mapping[str, Any]]
NAMES = ("name_vi", "name_en", "legal_basis")


def load_templates() -> int:
    """Add the shipped outlines that are not there yet; ones that somebody edited are left alone.

    Returns how many were added.
    """
    wordings = shipped()["wordings"]
    added = 0
    for row in shipped()["templates"]:
        fields = {**row, "wording": wordings[row["wording"]]}
        key = {"code": fields.pop("code"), "valid_from": date.fromisoformat(fields.pop("valid_from"))}
        _, is_new = ReportTemplate.objects.get_or_create(**key, defaults=fields)
        added += is_new
    return added


def copy_template(
    template: ReportTemplate,
    *,
    valid_from: date,
    valid_to: date | None = None,
    names: Mapping[str, str],
    sections: Sections,
    agency_sections: Sections,
    tables: Sections,
    note: str,
    by: User,
) -> ReportTemplate:
    """A new version in force from a day; the one before it ends the day before. Open rounds keep theirs."""
    require(by, "reports.manage_templates")
    if not note.strip():
        raise FlowError(_("Say why the outline changes."))
    _check(valid_from, valid_to, sections, tables)
    versions = ReportTemplate.objects.filter(code=template.code)
    if versions.filter(valid_from=valid_from).exists():
        raise FlowError(_("A version from %(day)s is already there.") % {"day": format_date(valid_from)})
    with transaction.atomic():
        before = versions.filter(valid_from__lt=valid_from).order_by("-valid_from").first()
        after = versions.filter(valid_from__gt=valid_from).order_by("valid_from").first()
        if before and (before.valid_to is None or before.valid_to >= valid_from):
            _end(before, valid_from - timedelta(days=1), by)
        made = ReportTemplate.objects.create(
            code=template.code,
            valid_from=valid_from,
            valid_to=valid_to or (after.valid_from - timedelta(days=1) if after else None),
            sections=list(sections),
            agency_sections=list(agency_sections),
            tables=list(tables),
            wording=_full_wording(template),
            **{key: names[key].strip() for key in NAMES},
        )
        data = {"copied_from": template.pk}
        history.record(made, "template.make_version", by=by, note=note.strip(), data=data)
    return made


def _full_wording(template: ReportTemplate) -> dict[str, Any]:
    """Words that came with later versions of the program are added; a city's own words stay."""
    return {**shipped()["wordings"]["communication"], **template.wording}


def _end(template: ReportTemplate, day: date, by: User) -> None:
    data = {"valid_to": day.isoformat(), "before": template.valid_to and template.valid_to.isoformat()}
    template.valid_to = day
    template.save(update_fields=["valid_to"])
    history.record(template, "template.end", by=by, data=data)


def change_template(
    template: ReportTemplate,
    *,
    names: Mapping[str, str],
    sections: Sections,
    agency_sections: Sections,
    tables: Sections,
    note: str,
    by: User,
) -> None:
    """Correct a version that no round uses yet. Raises FlowError once a round was opened with it."""
    require(by, "reports.manage_templates")
    if not note.strip():
        raise FlowError(_("Say why the outline changes."))
    _check(template.valid_from, template.valid_to, sections, tables)
    with transaction.atomic():
        locked = ReportTemplate.objects.select_for_update().get(pk=template.pk)
        if locked.rounds.exists():
            raise FlowError(_("A round was opened with this version: make a new version instead."))
        before = {key: getattr(locked, key) for key in ("sections", "agency_sections", "tables", *NAMES)}
        for key in NAMES:
            setattr(template, key, names[key].strip())
        template.sections, template.agency_sections = list(sections), list(agency_sections)
        template.tables, template.wording = list(tables), _full_wording(template)
        template.save()
        history.record(template, "template.change", by=by, note=note.strip(), data={"before": before})


def _check(valid_from: date, valid_to: date | None, sections: Sections, tables: Sections) -> None:
    if valid_to is not None and valid_to < valid_from:
        raise FlowError(_("The version ends before it begins."))
    leaves = [part for section in sections for part in section.get("parts") or [section]]
    if not leaves:
        raise FlowError(_("An outline needs at least one section."))
    known = formulas()
    for table in tables:
        if not table["rows"]:
            raise FlowError(_("The table “%(table)s” has no row.") % {"table": table["title_vi"]})
        for row in table["rows"]:
            formula = row.get("formula", "")
            if formula and formula not in known:
                raise FlowError(_("There is no formula “%(formula)s”.") % {"formula": formula})
            unknown = set(row.get("arguments", {})) - set(known[formula].arguments if formula else ())
            if unknown:
                raise FlowError(
                    _("“%(row)s”: its formula does not look at %(words)s.")
                    % {"row": row["label_vi"], "words": ", ".join(sorted(unknown))}
                )
