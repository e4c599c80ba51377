"""Programs let in by a key: who they act for, and how the schema says so."""

from __future__ import annotations

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import BasePermission

from loa.api import actions, queries
from loa.api.models import ApiKey
from loa.core.access import permits
from loa.directory.models import User

_WORD = b"bearer"
_PARTS = 2


class KeyAuthentication(BaseAuthentication):
    """`Authorization: Bearer <key>`. The user of the request is the key's keeper, under the agency's hat."""

    def authenticate(self, request: Any) -> tuple[User, ApiKey] | None:
        parts = get_authorization_header(request).split()
        if not parts or parts[0].lower() != _WORD:
            return None
        key = queries.good_key(parts[1].decode("latin-1")) if len(parts) == _PARTS else None
        if key is None:
            raise AuthenticationFailed("The key is not valid.")
        actions.use_key(key)
        return key.keeper, key

    def authenticate_header(self, request: Any) -> str:  # noqa: ARG002  the library's shape
        return "Bearer"


class KeyScheme(OpenApiAuthenticationExtension):
    target_class = KeyAuthentication
    name = "key"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:  # noqa: ARG002  the library's shape
        return {"type": "http", "scheme": "bearer"}


class KeyAllows(BasePermission):
    """The key's scope, as the view names it for the act (`scope_of`)."""

    message = "The key's scope does not allow this."

    def has_permission(self, request: Any, view: Any) -> bool:
        return isinstance(request.auth, ApiKey) and permits(request.user, view.scope_of(), request.auth)
