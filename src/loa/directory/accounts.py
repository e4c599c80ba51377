from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by an administrator: nobody signs up."""

    def is_open_for_signup(self, request) -> bool:
        return False


class SingleSignOnAdapter(DefaultSocialAccountAdapter):
    """The city's single sign-on opens an existing account with the same verified e-mail, and makes none."""

    def is_open_for_signup(self, request, sociallogin) -> bool:
        return False
