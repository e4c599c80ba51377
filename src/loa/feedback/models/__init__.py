from loa.feedback.models.case import (
    Asker,
    Case,
    CaseClock,
    CaseFile,
    CaseMove,
    CaseShare,
    Consent,
    InformationRequest,
    IntakeDesk,
    StatusNote,
    Subject,
)
from loa.feedback.models.denunciation import Denunciation, DenunciationFile
from loa.feedback.models.listening import (
    AnswerTemplate,
    IdentityAccess,
    Publication,
    Rating,
    RefusalGround,
    RoutingRule,
)
from loa.feedback.models.publishing import AnswerSubscription, CountedWork, KeptPrivate

__all__ = [
    "AnswerSubscription",
    "AnswerTemplate",
    "Asker",
    "Case",
    "CaseClock",
    "CaseFile",
    "CaseMove",
    "CaseShare",
    "Consent",
    "CountedWork",
    "Denunciation",
    "DenunciationFile",
    "IdentityAccess",
    "InformationRequest",
    "IntakeDesk",
    "KeptPrivate",
    "Publication",
    "Rating",
    "RefusalGround",
    "RoutingRule",
    "StatusNote",
    "Subject",
]
