"""What the desk's shell shows on every page: the menu and the bell."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from loa.channels.queries import unread_notice_count

# url name, label, icon, roles that see it (empty: everybody with a hat)
MENU: tuple[tuple[str, Any, str, tuple[str, ...]], ...] = (
    ("desk:mine", _("My work"), "desk", ()),
    ("desk:leadership", _("Leadership"), "chart", ("leader", "head")),
    ("plans:plan_list", _("Plans"), "plan", ()),
    ("reports:round_list", _("Reports"), "report", ()),
    ("budgets:budget_list", _("Money"), "money", ()),
    (
        "feedback:case_list",
        pgettext_lazy("menu", "Cases"),
        "comment",
        ("officer", "focal_point", "head", "clerk", "leader", "contributor", "editor"),
    ),
    ("events:event_list", _("Events"), "calendar", ()),
    ("campaigns:clipping_list", _("Press"), "news", ()),
    (
        "desk:briefing_list",
        _("Press briefings"),
        "comment",
        ("officer", "focal_point", "head", "editor", "leader"),
    ),
    ("campaigns:script_list", _("Radio"), "loudspeaker", ()),
    ("wagtailadmin_home", _("Newsroom"), "news", ("contributor", "editor", "approver")),
    ("portal:editorial_calendar", _("Editorial calendar"), "calendar", ("editor", "approver")),
    ("portal:contribution_list", _("Contributions"), "plus", ("contributor",)),
    ("channels:overdue_list", _("Overdue"), "clock", ("focal_point", "head", "leader")),
    ("documents:document_list", pgettext_lazy("official", "Documents"), "document", ()),
    ("plans:import_list", pgettext_lazy("of a plan", "Import"), "import", ("focal_point", "head")),
    ("portal:publication_desk_list", _("Publications"), "news", ()),
    ("documents:legal_list", _("Legal documents"), "scale", ("clerk", "head", "editor", "approver")),
    (
        "procedures:procedure_list",
        _("Procedures"),
        "scale",
        ("officer", "focal_point", "head", "clerk", "leader"),
    ),
    ("connect:webhook_list", _("Connected systems"), "link", ("focal_point", "head")),
    ("directory:agency_list", _("Directory"), "directory", ()),
    ("directory:administration", _("Administration"), "settings", ("administrator",)),
)
# where the registers of an entry have addresses of their own
ALSO_AT: dict[str, tuple[str, ...]] = {
    "plans:plan_list": ("/quan-ly-cong-khai/",),
    "feedback:case_list": ("/tiep-nhan/",),
    "wagtailadmin_home": ("/quan-ly-tin-bai/", "/luot-doc/"),
    "directory:agency_list": ("/nguoi-dung/",),
    "directory:administration": (
        "/lich-lam-viec/",
        "/quan-tri/",
        "/quy-dinh-thoi-han/",
        "/sap-xep-bo-may/",
        "/thong-bao/quan-tri/",
        "/viec-nen/",
    ),
}


def shell(request: HttpRequest) -> dict[str, Any]:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"menu": [], "unread_count": 0}
    return {"menu": menu_for(user, request.path), "unread_count": unread_notice_count(user)}


def menu_for(user: Any, path: str) -> list[dict[str, Any]]:
    """Only what one may see; the entry with the longest address that begins the present one is current."""
    entries: list[dict[str, Any]] = []
    places: list[tuple[str, str]] = []
    for name, label, icon, roles in MENU:
        if user.hat is None or (roles and not user.hat.holds(*roles)):
            continue
        entries.append({"label": label, "icon": icon, "url": reverse(name)})
        places.extend((place, reverse(name)) for place in (reverse(name), *ALSO_AT.get(name, ())))
    _place, current = max(
        (place for place in places if path.startswith(place[0])),
        key=lambda each: len(each[0]),
        default=("", ""),
    )
    return [{**entry, "current": entry["url"] == current} for entry in entries]
