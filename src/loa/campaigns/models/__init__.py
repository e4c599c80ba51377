from loa.campaigns.models.clippings import Candidate, Clipping, Feed
from loa.campaigns.models.press import PressAgreement, PressBody, Promise
from loa.campaigns.models.scripts import Abbreviation, Script, Station

__all__ = [
    "Abbreviation",
    "Candidate",
    "Clipping",
    "Feed",
    "PressAgreement",
    "PressBody",
    "Promise",
    "Script",
    "Station",
]
