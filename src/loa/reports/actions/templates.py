from datetime import date

from loa.reports.models import ReportTemplate
from loa.reports.queries.shipped import shipped


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
