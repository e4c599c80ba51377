from loa.directory.models.directory import (
    Agency,
    AgencyGroup,
    AgencyName,
    Delegation,
    GroupMember,
    Membership,
    User,
    in_force,
)
from loa.directory.models.networks import Network, NetworkMember
from loa.directory.models.reorganisation import (
    HandOver,
    Reorganisation,
    ReorganisationDecision,
    Succession,
)

__all__ = [
    "Agency",
    "AgencyGroup",
    "AgencyName",
    "Delegation",
    "GroupMember",
    "HandOver",
    "Membership",
    "Network",
    "NetworkMember",
    "Reorganisation",
    "ReorganisationDecision",
    "Succession",
    "User",
    "in_force",
]
