from loa.plans.forms.assignment import AnswerForm, ExplanationForm, ExtensionForm, OfficerForm, StepForm
from loa.plans.forms.evidence import FileForm, LinkForm, NoteForm, WithdrawForm
from loa.plans.forms.task import ClassifyForm, OccurrenceForm, OccurrenceStepForm, TargetForm

__all__ = [
    "AnswerForm",
    "ClassifyForm",
    "ExplanationForm",
    "ExtensionForm",
    "FileForm",
    "LinkForm",
    "NoteForm",
    "OccurrenceForm",
    "OccurrenceStepForm",
    "OfficerForm",
    "StepForm",
    "TargetForm",
    "WithdrawForm",
]
