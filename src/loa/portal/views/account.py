"""A person's settings in the newsroom, without what is settled elsewhere.

Name, e-mail and password belong to the account of Loa; the language is the one chosen in the header (a second
choice kept in the newsroom would fight it); there is one time zone.
"""

from wagtail.admin.views.account import AccountView, BaseSettingsPanel

SETTLED_ELSEWHERE = {"name_email", "locale", "password"}


class NewsroomAccountView(AccountView):
    def get_panels(self) -> list[BaseSettingsPanel]:
        return [panel for panel in super().get_panels() if panel.name not in SETTLED_ELSEWHERE]
