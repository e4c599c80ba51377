from loa.feedback.models.asking import (
    DataRequest,
    Draft,
    DraftFile,
    Reopening,
)
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
from loa.feedback.models.dialogue import Poll, PollChoice, PollVote, Promise, Question, QuestionLike
from loa.feedback.models.listening import (
    AnswerTemplate,
    IdentityAccess,
    Publication,
    Rating,
    RefusalGround,
    RoutingRule,
)
from loa.feedback.models.publishing import (
    AnswerSubscription,
    CountedWork,
    KeptPrivate,
)
from loa.feedback.models.triage import (
    CaseTrace,
    LearnedCase,
    Suggestion,
    WordCount,
)

__all__ = [
    "AnswerSubscription",
    "AnswerTemplate",
    "Asker",
    "Case",
    "CaseClock",
    "CaseFile",
    "CaseMove",
    "CaseShare",
    "CaseTrace",
    "Consent",
    "CountedWork",
    "DataRequest",
    "Denunciation",
    "DenunciationFile",
    "Draft",
    "DraftFile",
    "IdentityAccess",
    "InformationRequest",
    "IntakeDesk",
    "KeptPrivate",
    "LearnedCase",
    "Poll",
    "PollChoice",
    "PollVote",
    "Promise",
    "Publication",
    "Question",
    "QuestionLike",
    "Rating",
    "RefusalGround",
    "Reopening",
    "RoutingRule",
    "StatusNote",
    "Subject",
    "Suggestion",
    "WordCount",
]
