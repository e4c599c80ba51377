from typing import Any


def only_own_paths(endpoints: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Describe our endpoints alone: libraries bring paths of their own."""
    return [endpoint for endpoint in endpoints if endpoint[0].startswith("/api/v1/")]
