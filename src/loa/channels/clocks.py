from loa.channels import queries
from loa.channels.actions import send_delivery


def send_unsent(limit: int = 500) -> int:
    """Mail that is queued, failed or was left in sending. Returns how many were tried."""
    deliveries = list(queries.unsent_deliveries().select_related("notice")[:limit])
    for delivery in deliveries:
        send_delivery(delivery)
    return len(deliveries)
