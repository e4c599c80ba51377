"""Reading an issued plan: a line of small stages from `Source` to `PlanReading`."""

from officialdoc.read.plan.reading import read_plan

__all__ = ["read_plan"]
