from loa.directory.actions.agencies import (
    add_agency,
    add_alias,
    edit_agency,
    record_successor,
    remove_name,
    rename_agency,
)
from loa.directory.actions.delegations import delegate, withdraw_delegation
from loa.directory.actions.exchange import import_agencies
from loa.directory.actions.groups import add_group, add_member, change_member, edit_group, remove_member
from loa.directory.actions.names import remember_correction
from loa.directory.actions.people import (
    add_membership,
    change_membership,
    change_own_notices,
    create_user,
    deactivate_user,
    edit_user,
    reactivate_user,
)
from loa.directory.actions.shipped import load_sample_directory

__all__ = [
    "add_agency",
    "add_alias",
    "add_group",
    "add_member",
    "add_membership",
    "change_member",
    "change_membership",
    "change_own_notices",
    "create_user",
    "deactivate_user",
    "delegate",
    "edit_agency",
    "edit_group",
    "edit_user",
    "import_agencies",
    "load_sample_directory",
    "reactivate_user",
    "record_successor",
    "remember_correction",
    "remove_member",
    "remove_name",
    "rename_agency",
    "withdraw_delegation",
]
