"""Reading official documents: a file becomes a `Source` (formats), a `Source` a `PlanReading` (plan)."""
