from typing import Any

REFUSALS = {
    "400": "A parameter or field is missing or wrong.",
    "401": "No valid key.",
    "403": "Not allowed.",
    "404": "Not there, or not for you.",
    "405": "Not taken here.",
    "415": "Not JSON.",
    "429": "Too many calls; wait as long as Retry-After says.",
}


def only_own_paths(endpoints: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Describe our endpoints alone: libraries bring paths of their own."""
    return [endpoint for endpoint in endpoints if endpoint[0].startswith("/api/v1/")]


def say_refusals(result: dict[str, Any], **_given: Any) -> dict[str, Any]:
    """Every operation says how it may refuse."""
    for operations in result["paths"].values():
        for operation in operations.values():
            for status, words in REFUSALS.items():
                operation["responses"].setdefault(status, {"description": words})
    return result
