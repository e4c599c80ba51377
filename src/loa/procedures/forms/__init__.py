from loa.procedures.forms.imports import ConfirmImportForm, ImportFileForm, NamesForm
from loa.procedures.forms.listening import ClarityForm, DeskForm, ProposalForm, TakeUpForm
from loa.procedures.forms.version import (
    AddProcedureForm,
    DraftForm,
    EditProcedureForm,
    FormFileForm,
    PaperRows,
    StepForm,
    VersionForm,
    WayRows,
)

__all__ = [
    "AddProcedureForm",
    "ClarityForm",
    "ConfirmImportForm",
    "DeskForm",
    "DraftForm",
    "EditProcedureForm",
    "FormFileForm",
    "ImportFileForm",
    "NamesForm",
    "PaperRows",
    "ProposalForm",
    "StepForm",
    "TakeUpForm",
    "VersionForm",
    "WayRows",
]
