from loa.procedures.actions.desks import save_desk
from loa.procedures.actions.files import add_file, remove_file
from loa.procedures.actions.hand_over import hand_over_procedures
from loa.procedures.actions.imports import (
    answer_names,
    confirm_import,
    drop_import,
    hand_in_register,
    read_import,
    take_in_import,
)
from loa.procedures.actions.listening import clear_words, new_token, say_if_clear
from loa.procedures.actions.proposals import (
    decline_proposal,
    propose_communication,
    take_up_by_amendment,
    take_up_by_task,
    withdraw_proposal,
)
from loa.procedures.actions.shipped import load_online_levels
from loa.procedures.actions.versions import (
    add_procedure,
    draft_version,
    edit_procedure,
    edit_version,
    enter_published,
    field_called,
    link_document,
    move_due,
    publish_version,
    put_in_force,
    take_version_step,
)

__all__ = [
    "add_file",
    "add_procedure",
    "answer_names",
    "clear_words",
    "confirm_import",
    "decline_proposal",
    "draft_version",
    "drop_import",
    "edit_procedure",
    "edit_version",
    "enter_published",
    "field_called",
    "hand_in_register",
    "hand_over_procedures",
    "link_document",
    "load_online_levels",
    "move_due",
    "new_token",
    "propose_communication",
    "publish_version",
    "put_in_force",
    "read_import",
    "remove_file",
    "save_desk",
    "say_if_clear",
    "take_in_import",
    "take_up_by_amendment",
    "take_up_by_task",
    "take_version_step",
    "withdraw_proposal",
]
