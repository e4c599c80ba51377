from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Chart:
    title: str
    description: str
    svg: str
