from loa.core.forms.calendar import AddDayForm, ChangeDayForm, RemoveDayForm
from loa.core.forms.legal import AddRuleForm, CorrectRuleForm
from loa.core.forms.plain import CountForm, DayInput, LoaRenderer
from loa.core.forms.sheets import ApplyCalendarForm, ApplySheetForm, SheetForm

__all__ = [
    "AddDayForm",
    "AddRuleForm",
    "ApplyCalendarForm",
    "ApplySheetForm",
    "ChangeDayForm",
    "CorrectRuleForm",
    "CountForm",
    "DayInput",
    "LoaRenderer",
    "RemoveDayForm",
    "SheetForm",
]
