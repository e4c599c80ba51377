"""Every app's clocks, conducted from the desk: run by `loa clocks` and by the queue's schedule."""

from loa.channels import clocks as channel_clocks
from loa.documents import clocks as document_clocks


def run_clocks() -> dict[str, int]:
    """Run each clock once; returns how many rows each one moved."""
    return {
        "deliveries": channel_clocks.send_unsent(),
        "readings": document_clocks.read_unread(),
    }
