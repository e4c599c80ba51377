"""Who may: one question, asked in one way. Permissions are predicates in each app's `rules.py`."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _


def permits(by: Any, permission: str, obj: Any = None) -> bool:
    """Deny unless a rule allows; nobody and inactive accounts are always denied."""
    return bool(by is not None and by.is_active and by.has_perm(permission, obj))


def require(by: Any, permission: str, obj: Any = None) -> None:
    """Raise `PermissionDenied` unless `by` holds the permission on `obj`."""
    if not permits(by, permission, obj):
        raise PermissionDenied(_("Your role here does not allow this."))
