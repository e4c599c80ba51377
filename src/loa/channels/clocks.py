from loa.channels import jobs, queries


def send_unsent(limit: int = 500) -> int:
    """Mail that is queued, failed or was left in sending. Returns how many were tried."""
    deliveries = list(queries.unsent_deliveries().select_related("notice")[:limit])
    for delivery in deliveries:
        jobs.send(delivery)
    return len(deliveries)
