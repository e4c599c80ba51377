from loa.portal.actions.dispatches import (
    PaperReceipt,
    add_dispatch_line,
    call_off_dispatch,
    confirm_parcel,
    edit_dispatch,
    prepare_dispatch,
    remove_dispatch_line,
    send_dispatch,
    type_in_receipts,
    why_not_receipt,
)
from loa.portal.actions.downloads import count_download, is_program
from loa.portal.actions.publications import (
    attach_publication_file,
    drop_publication_file,
    edit_publication,
    look_at_file,
    take_publication_step,
    write_publication,
)

__all__ = [
    "PaperReceipt",
    "add_dispatch_line",
    "attach_publication_file",
    "call_off_dispatch",
    "confirm_parcel",
    "count_download",
    "drop_publication_file",
    "edit_dispatch",
    "edit_publication",
    "is_program",
    "look_at_file",
    "prepare_dispatch",
    "remove_dispatch_line",
    "send_dispatch",
    "take_publication_step",
    "type_in_receipts",
    "why_not_receipt",
    "write_publication",
]
