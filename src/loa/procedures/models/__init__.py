from loa.procedures.models.imports import ImportRow, ProcedureImport
from loa.procedures.models.listening import ClarityAnswer, CommunicationProposal
from loa.procedures.models.procedure import (
    OnlineLevel,
    Procedure,
    ProcedureField,
    ServiceDesk,
)
from loa.procedures.models.version import ProcedureFile, ProcedureVersion, Way

__all__ = [
    "ClarityAnswer",
    "CommunicationProposal",
    "ImportRow",
    "OnlineLevel",
    "Procedure",
    "ProcedureField",
    "ProcedureFile",
    "ProcedureImport",
    "ProcedureVersion",
    "ServiceDesk",
    "Way",
]
