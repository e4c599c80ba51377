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
from loa.feedback.models.triage import CaseTrace, LearnedCase, Suggestion, WordCount

__all__ = [
    "AnswerTemplate",
    "Asker",
    "Case",
    "CaseClock",
    "CaseFile",
    "CaseMove",
    "CaseShare",
    "CaseTrace",
    "Consent",
    "Denunciation",
    "DenunciationFile",
    "IdentityAccess",
    "InformationRequest",
    "IntakeDesk",
    "LearnedCase",
    "Publication",
    "Rating",
    "RefusalGround",
    "RoutingRule",
    "StatusNote",
    "Subject",
    "Suggestion",
    "WordCount",
]
