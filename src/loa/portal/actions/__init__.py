from loa.portal.actions.counts import (
    count_reading,
)
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
from loa.portal.actions.downloads import (
    count_download,
    is_program,
)
from loa.portal.actions.publications import (
    attach_publication_file,
    drop_publication_file,
    edit_publication,
    look_at_file,
    take_publication_step,
    write_publication,
)
from loa.portal.actions.search import (
    AT_ONCE,
    in_parts,
    index_all,
    index_kind,
    index_things,
    keep_in_step,
    look_through,
)
from loa.portal.actions.transparency import (
    Shown,
    publish_plan,
    publish_report,
    take_back_plan,
    take_back_report,
)

__all__ = [
    "AT_ONCE",
    "PaperReceipt",
    "Shown",
    "add_dispatch_line",
    "attach_publication_file",
    "call_off_dispatch",
    "confirm_parcel",
    "count_download",
    "count_reading",
    "drop_publication_file",
    "edit_dispatch",
    "edit_publication",
    "in_parts",
    "index_all",
    "index_kind",
    "index_things",
    "is_program",
    "keep_in_step",
    "look_at_file",
    "look_through",
    "prepare_dispatch",
    "publish_plan",
    "publish_report",
    "remove_dispatch_line",
    "send_dispatch",
    "take_back_plan",
    "take_back_report",
    "take_publication_step",
    "type_in_receipts",
    "why_not_receipt",
    "write_publication",
]
