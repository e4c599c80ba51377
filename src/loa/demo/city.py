"""The sample city: its bodies, calendar, outlines and accounts. Loading twice adds nothing twice."""

from __future__ import annotations

import json
import secrets
from datetime import date
from importlib import resources
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction

from loa.campaigns.actions import load_radio
from loa.core.calendar_data import load_calendar
from loa.core.legal import load_rules
from loa.directory.actions import load_sample_directory
from loa.directory.models import Agency, Membership, User
from loa.documents.actions import load_legal_documents
from loa.reports.actions import load_templates

SINCE = date(2016, 1, 1)


class Login(NamedTuple):
    role: str
    username: str


def data(name: str) -> Any:
    return json.loads(resources.files("loa.demo").joinpath("data", name).read_text(encoding="utf-8"))


@transaction.atomic
def load_city() -> None:
    load_calendar()
    load_rules()
    load_legal_documents()
    load_sample_directory()
    load_templates()
    load_radio()
    _load_people()


def logins() -> list[Login]:
    return [Login(row["role"], row["login"]) for row in data("people.json")["logins"]]


def password() -> str:
    """One password for the sample accounts, made at random once for each data directory."""
    path = Path(settings.DATA_DIR) / "demo-password"
    if not path.exists():
        path.write_text(secrets.token_urlsafe(9), encoding="utf-8")
        path.chmod(0o600)
    return path.read_text(encoding="utf-8")


def _load_people() -> None:
    """The accounts that are printed, and a focal point and a head for every other body of city and district."""
    people = data("people.json")
    hashed = make_password(password())
    agencies = {agency.code: agency for agency in Agency.objects.all()}
    named = {(row["agency"], role) for row in people["logins"] for role in row["roles"]}
    for row in people["logins"]:
        user = _person(row["login"], row["name"], hashed)
        for code in filter(None, (row["agency"], row.get("second"))):
            for role in row["roles"]:
                _member(user, agencies[code], role, people)
    for agency in agencies.values():
        if agency.level in people["levels"]:
            for role, prefix, word in (
                ("focal_point", "daumoi", "Cán bộ đầu mối"),
                ("head", "thutruong", "Thủ trưởng"),
            ):
                if (agency.code, role) not in named:
                    user = _person(
                        f"{prefix}.{agency.code}", f"{word} {agency.short_name or agency.name}", hashed
                    )
                    _member(user, agency, role, people)


def _person(login: str, name: str, hashed: str) -> User:
    user, _is_new = User.objects.update_or_create(
        username=login,
        defaults={
            "email": f"{login}@haiphong.example",
            "full_name": name[:200],
            "password": hashed,
            "wants_mail": False,  # nobody reads the sample's mail
        },
    )
    return user


def _member(user: User, agency: Agency, role: str, people: dict[str, Any]) -> None:
    title = (
        people["special_titles"].get(agency.code) or people["titles"].get(agency.kind, "")
        if role == "head"
        else ""
    )
    Membership.objects.get_or_create(
        user=user, agency=agency, role=role, valid_from=SINCE, defaults={"title": title}
    )
