"""Written Vietnamese becomes words to be read aloud: numbers, dates, symbols and letters as they are spoken."""

from officialdoc.speak.speech import (
    Finding,
    Segment,
    Speech,
    count_words,
    findings,
    seconds_to_read,
    speak,
)

__all__ = [
    "Finding",
    "Segment",
    "Speech",
    "count_words",
    "findings",
    "seconds_to_read",
    "speak",
]
