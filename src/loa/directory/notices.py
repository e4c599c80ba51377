"""What the acts of the directory are called in its history."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "agency.add": _("Added the body"),
    "agency.edit": _("Corrected the body"),
    "agency.rename": _("Renamed the body"),
    "agency.respell": _("Corrected the spelling of the name"),
    "agency.add_alias": _("Added another name"),
    "agency.remove_name": _("Removed a name"),
    "agency.set_aliases": _("Changed the other names"),
    "agency.record_successor": _("Recorded what became of the body"),
    "group.add": _("Added the group"),
    "group.edit": _("Corrected the group"),
    "group.add_member": _("Added a body to the group"),
    "group.change_member": _("Changed since when a body belongs"),
    "group.remove_member": _("Removed a body from the group"),
    "user.create": _("Created the account"),
    "user.edit": _("Corrected the account"),
    "user.deactivate": _("Closed the account"),
    "user.reactivate": _("Opened the account again"),
    "user.add_role": _("Gave a role"),
    "user.change_role": _("Changed a role"),
    "delegation.give": _("Delegated"),
    "delegation.withdraw": _("Withdrew the delegation"),
}
