"""How the log-in library behaves here, and the one mail an administrator sends with it."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import ResetPasswordForm
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.core.mail import EmailMessage
from django.http import HttpRequest

from loa.directory.models import User

_OWN_MAILS = {"account/email/password_reset_key": "directory/mail/set_password"}


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by an administrator: nobody signs up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002  the library's signature
        return False

    def render_mail(
        self, template_prefix: str, email: str | list[str], context: dict[str, Any], headers: Any = None
    ) -> EmailMessage:
        """Our own words, in both languages, where we have them."""
        return super().render_mail(_OWN_MAILS.get(template_prefix, template_prefix), email, context, headers)

    def format_email_subject(self, subject: str) -> str:
        return subject


class SingleSignOnAdapter(DefaultSocialAccountAdapter):
    """The city's single sign-on opens an existing account with the same verified e-mail, and makes none."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:  # noqa: ARG002  the library's signature
        return False


def send_password_link(request: HttpRequest, user: User) -> bool:
    """Mail the owner of an account the link with which a password is set. False when the mail did not leave."""
    form = ResetPasswordForm({"email": user.email})
    if not form.is_valid():
        return False
    try:
        form.save(request)
    except OSError:
        return False
    return True
