from datetime import date
from itertools import count

from loa.directory.models import Agency, AgencyGroup, GroupMember, Membership, User

_serial = count(1)


def make_agency(name="", *, code="", kind="department", level="city", **fields):
    number = next(_serial)
    return Agency.objects.create(
        code=code or f"agency-{number}", name=name or f"Sở số {number}", kind=kind, level=level, **fields
    )


def make_user(agency=None, *roles, username="", valid_from=date(2000, 1, 1), **fields):
    """A user with the given roles (default: focal_point) in an agency; without an agency, no role at all."""
    number = next(_serial)
    username = username or f"user{number}"
    user = User.objects.create(
        username=username,
        email=fields.pop("email", f"{username}@example.test"),
        full_name=fields.pop("full_name", f"Cán bộ {number}"),
        **fields,
    )
    for role in roles or ("focal_point",):
        if agency:
            Membership.objects.create(user=user, agency=agency, role=role, valid_from=valid_from)
    return user


def make_group(name, *agencies, code=""):
    group = AgencyGroup.objects.create(code=code or f"group-{next(_serial)}", name=name)
    for agency in agencies:
        GroupMember.objects.create(group=group, agency=agency)
    return group
