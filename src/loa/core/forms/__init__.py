from loa.core.forms.plain import CountForm, DayInput, LoaRenderer

__all__ = ["CountForm", "DayInput", "LoaRenderer"]
