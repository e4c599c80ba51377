from loa.documents.actions.decisions import link_decision, register_decision
from loa.documents.actions.hand_over import hand_over_readings
from loa.documents.actions.register import (
    MEGABYTE,
    change_proposal,
    drop_reading,
    link_amended,
    lock_reading,
    read_document,
    register_decided,
    register_outgoing,
    register_paper,
    take_in,
)

__all__ = [
    "MEGABYTE",
    "change_proposal",
    "drop_reading",
    "hand_over_readings",
    "link_amended",
    "link_decision",
    "lock_reading",
    "read_document",
    "register_decided",
    "register_decision",
    "register_outgoing",
    "register_paper",
    "take_in",
]
