from loa.documents.actions.citing import (
    index_due_sources,
    index_row,
    index_source,
    look_again,
    tell_out_of_force,
)
from loa.documents.actions.decisions import link_decision, register_decision
from loa.documents.actions.hand_over import hand_over_readings
from loa.documents.actions.importing import import_legal_documents
from loa.documents.actions.legal import (
    add_relation,
    change_legal_document,
    change_relation,
    enter_legal_document,
    publish_legal_document,
    read_legal_text,
    remove_relation,
    unpublish_legal_document,
)
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
from loa.documents.actions.shipped import load_legal_documents

__all__ = [
    "MEGABYTE",
    "add_relation",
    "change_legal_document",
    "change_proposal",
    "change_relation",
    "drop_reading",
    "enter_legal_document",
    "hand_over_readings",
    "import_legal_documents",
    "index_due_sources",
    "index_row",
    "index_source",
    "link_amended",
    "link_decision",
    "load_legal_documents",
    "lock_reading",
    "look_again",
    "publish_legal_document",
    "read_document",
    "read_legal_text",
    "register_decided",
    "register_decision",
    "register_outgoing",
    "register_paper",
    "remove_relation",
    "take_in",
    "tell_out_of_force",
    "unpublish_legal_document",
]
