from loa.desk.queries.briefing.gathering import SECTIONS, gather, plans_to_brief_on
from loa.desk.queries.briefing.packs import numbered, packs_visible_to, propose_title

__all__ = ["SECTIONS", "gather", "numbered", "packs_visible_to", "plans_to_brief_on", "propose_title"]
