from __future__ import annotations

from functools import cached_property
from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from loa.budgets.models import (
    CarriedMoney,
    Ceiling,
    Commitment,
    CostNorm,
    Estimate,
    EstimateLine,
    Payment,
    PlanBudget,
)
from loa.budgets.queries import Money, Warned, budget_money_by, line_warnings
from loa.core import clock
from loa.core.lists import DayColumn
from loa.core.templatetags.ui import badge, due_badge, money, quantity, state_badge

NUMBER = {"td": {"class": "number"}, "th": {"class": "number"}, "tf": {"class": "number"}}


class MoneyColumn(tables.Column):
    """1.234.567 ₫ on the page, a whole number in the .xlsx."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**({"attrs": NUMBER} | kwargs))

    def render(self, value: int) -> str:
        return money(value)

    def value(self, value: int) -> int:
        return int(value)


class BudgetTable(tables.Table):
    plan = tables.Column(verbose_name=_("Plan"), order_by=("plan__number",))
    year = tables.Column(verbose_name=_("Year"), attrs=NUMBER)
    coordinator = tables.Column(verbose_name=_("Consolidates"), order_by="coordinator__sort_name")
    due_on = DayColumn(verbose_name=_("Estimates by"))
    own_state = tables.Column(verbose_name=_("Our estimate"), empty_values=(), orderable=False)

    class Meta:
        model = PlanBudget
        fields = ("plan", "year", "coordinator", "due_on", "own_state")
        order_by = ("-year",)
        empty_text = _("No plan of yours has a budget yet.")

    def render_plan(self, record: PlanBudget) -> SafeString:
        return format_html('<a href="{}">{}</a>', record.get_absolute_url(), record.plan)

    def value_plan(self, record: PlanBudget) -> str:
        return str(record.plan)

    def render_due_on(self, record: PlanBudget) -> str:
        return due_badge(record.due_on, open=not record.own_state, link=False)  # type: ignore[attr-defined]

    def render_own_state(self, record: Any) -> str:
        return record.own_state_label or "–"


class EstimateTable(tables.Table):
    """Estimates of a budget with their money; the sums are read once for the page."""

    agency = tables.Column(verbose_name=_("Agency"), order_by="agency__sort_name")
    state = tables.Column(verbose_name=_("State"))
    submitted_on = DayColumn(verbose_name=_("Submitted"))
    proposed = MoneyColumn(verbose_name=_("Proposed"), empty_values=(), orderable=False)
    appraised = MoneyColumn(verbose_name=_("Appraised"), empty_values=(), orderable=False)
    approved = MoneyColumn(verbose_name=_("Approved"), empty_values=(), orderable=False)
    committed = MoneyColumn(verbose_name=_("Committed"), empty_values=(), orderable=False)
    spent = MoneyColumn(verbose_name=_("Spent"), empty_values=(), orderable=False)
    left = MoneyColumn(verbose_name=_("Left"), empty_values=(), orderable=False)

    class Meta:
        model = Estimate
        fields = (
            "agency",
            "state",
            "submitted_on",
            "proposed",
            "appraised",
            "approved",
            "committed",
            "spent",
            "left",
        )
        empty_text = _("No estimate is handed in yet.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("proposed", "appraised", "approved", "committed", "spent", "left"):
            setattr(self, f"value_{name}", self._value_of(name))
            setattr(self, f"render_{name}", self._render_of(name))

    @cached_property
    def _money(self) -> dict[int, Money]:
        budgets = {row.record.budget for row in self.rows[:1]}
        return next((budget_money_by(budget, "estimate") for budget in budgets), {})

    def _value_of(self, name: str) -> Any:
        return lambda record: getattr(self._money.get(record.pk, Money()), name)

    def _render_of(self, name: str) -> Any:
        return lambda record: money(getattr(self._money.get(record.pk, Money()), name))

    def render_agency(self, record: Estimate) -> SafeString:
        return format_html('<a href="{}">{}</a>', record.get_absolute_url(), record.agency)

    def value_agency(self, record: Estimate) -> str:
        return str(record.agency)

    def render_state(self, record: Estimate) -> SafeString:
        return state_badge(record)

    def value_state(self, record: Estimate) -> str:
        return record.get_state_display()


def warned(found: list[Warned]) -> SafeString:
    """Warnings of a line, each with the text it rests on."""
    return format_html_join(
        "",
        '<span class="warned">{} <span class="warned__basis">{}</span></span>',
        ((each.text, Truncator(each.legal_basis).chars(120)) for each in found),
    )


class LineTable(tables.Table):
    """An estimate's lines on the page. Warnings are found for the lines that are shown."""

    position = tables.Column(verbose_name=_("No."), attrs=NUMBER)
    content = tables.Column(
        verbose_name=_("What for"), order_by="search_text", attrs={"td": {"class": "wide"}}
    )
    unit_price = tables.Column(verbose_name=_("Unit price"), attrs=NUMBER)
    amount = MoneyColumn(verbose_name=_("Amount"))
    appraised_amount = MoneyColumn(verbose_name=_("Appraised"))
    approved_amount = MoneyColumn(verbose_name=_("Approved"))
    paid_amount = MoneyColumn(verbose_name=_("Spent"))

    class Meta:
        model = EstimateLine
        fields = (
            "position", "content", "unit_price", "amount", "appraised_amount",
            "approved_amount", "paid_amount",
        )  # fmt: skip
        order_by = ("position",)
        attrs = {"class": "table--money"}
        empty_text = _("No line matches. Take a filter away.")

    @cached_property
    def _warnings(self) -> dict[int, list[Warned]]:
        shown = [row.record for row in self.paginated_rows]
        return line_warnings(shown[0].estimate, shown, clock.today()) if shown else {}

    def render_content(self, record: EstimateLine) -> SafeString:
        url = reverse("budgets:line_detail", args=[record.pk])
        about = record.task or (record.duty_assignment and record.duty_assignment.duty) or ""
        note = warned(self._warnings.get(record.pk, []))
        source = " · ".join(filter(None, (str(record.get_funding_source_display()), record.expense_item)))
        return format_html(
            '<a href="{}">{}</a><span class="line__about">{}</span><span class="line__about">{}</span>{}',
            url,
            record.content,
            Truncator(str(about)).chars(80),
            source,
            note,
        )

    def render_unit_price(self, record: EstimateLine) -> SafeString:
        count = quantity(record.quantity)
        times = f" × {quantity(record.times)}" if record.times != 1 else ""
        return format_html(
            '{}<span class="line__about">× {} {}{}</span>',
            money(record.unit_price),
            count,
            record.unit,
            times,
        )


class LineSheet(tables.Table):
    """The same lines as a sheet, each figure in a column of its own."""

    position = tables.Column(verbose_name=_("No."))
    task = tables.Column(verbose_name=pgettext_lazy("of a plan", "Task"), default="")
    content = tables.Column(verbose_name=_("What for"), order_by="search_text")
    unit = tables.Column(verbose_name=_("Unit"))
    quantity = tables.Column(verbose_name=_("Quantity"))
    times = tables.Column(verbose_name=_("Days, sessions"))
    unit_price = tables.Column(verbose_name=_("Unit price"))
    amount = tables.Column(verbose_name=_("Amount"))
    appraised_amount = tables.Column(verbose_name=_("Appraised"))
    approved_amount = tables.Column(verbose_name=_("Approved"))
    committed_amount = tables.Column(verbose_name=_("Committed"))
    paid_amount = tables.Column(verbose_name=_("Spent"))
    funding_source = tables.Column(verbose_name=_("Source of funds"))
    expense_item = tables.Column(verbose_name=_("Expense item"))
    norm = tables.Column(verbose_name=_("Cost norm"), default="")
    legal_basis = tables.Column(verbose_name=_("Legal basis"))
    note = tables.Column(verbose_name=_("Note"))

    class Meta:
        model = EstimateLine
        fields = (
            "position", "task", "content", "unit", "quantity", "times", "unit_price", "amount",
            "appraised_amount", "approved_amount", "committed_amount", "paid_amount", "funding_source",
            "expense_item", "norm", "legal_basis", "note",
        )  # fmt: skip
        order_by = ("position",)

    def value_quantity(self, value: Any) -> str:
        return quantity(value)

    def value_times(self, value: Any) -> str:
        return quantity(value)


class NormTable(tables.Table):
    code = tables.Column(verbose_name=_("Code"))
    name = tables.Column(verbose_name=_("Name"))
    unit = tables.Column(verbose_name=_("Unit"))
    ceiling = MoneyColumn(verbose_name=_("Highest unit price"), default="–")
    legal_basis = tables.Column(verbose_name=_("Legal basis"))
    valid_from = DayColumn(verbose_name=_("In force from"))
    valid_to = DayColumn(verbose_name=_("In force to"))
    is_checked = tables.Column(verbose_name=_("Checked"))
    note = tables.Column(verbose_name=_("Note"))

    class Meta:
        model = CostNorm
        fields = (
            "code",
            "name",
            "unit",
            "ceiling",
            "legal_basis",
            "valid_from",
            "valid_to",
            "is_checked",
            "note",
        )
        empty_text = _("No norm matches.")

    def render_name(self, record: CostNorm) -> SafeString | str:
        if not self.request.user.has_perm("budgets.manage_norms"):
            return record.name
        return format_html('<a href="{}">{}</a>', reverse("budgets:norm_edit", args=[record.pk]), record.name)

    def value_name(self, record: CostNorm) -> str:
        return record.name

    def render_is_checked(self, value: bool) -> SafeString:
        return badge(_("Checked"), "done") if value else badge(_("Not checked"), "soon")

    def value_is_checked(self, value: bool) -> str:
        return str(_("Checked") if value else _("Not checked"))


class CeilingTable(tables.Table):
    whom = tables.Column(
        verbose_name=_("For"), empty_values=(), order_by=("agency__sort_name", "plan__number")
    )
    funding_source = tables.Column(verbose_name=_("Source of funds"), empty_values=())
    amount = MoneyColumn(verbose_name=_("Ceiling"))
    legal_basis = tables.Column(verbose_name=_("Legal basis"))
    valid_from = DayColumn(verbose_name=_("In force from"))
    valid_to = DayColumn(verbose_name=_("In force to"))
    is_checked = tables.Column(verbose_name=_("Checked"))

    class Meta:
        model = Ceiling
        fields = ("whom", "funding_source", "amount", "legal_basis", "valid_from", "valid_to", "is_checked")
        empty_text = _("No ceiling is set.")

    render_is_checked = NormTable.render_is_checked
    value_is_checked = NormTable.value_is_checked

    def _whom(self, record: Ceiling) -> str:
        return " · ".join(str(each) for each in (record.agency, record.plan and record.plan.number) if each)

    def render_whom(self, record: Ceiling) -> SafeString | str:
        if not self.request.user.has_perm("budgets.manage_norms"):
            return self._whom(record)
        url = reverse("budgets:ceiling_edit", args=[record.pk])
        return format_html('<a href="{}">{}</a>', url, self._whom(record))

    def value_whom(self, record: Ceiling) -> str:
        return self._whom(record)

    def render_funding_source(self, record: Ceiling) -> str:
        return str(record.get_funding_source_display() or _("All together"))


class PaymentTable(tables.Table):
    on = DayColumn(verbose_name=_("Day"))
    agency = tables.Column(
        verbose_name=_("Agency"),
        accessor="line__estimate__agency",
        order_by="line__estimate__agency__sort_name",
    )
    line = tables.Column(verbose_name=_("Line"), order_by="line__position")
    voucher = tables.Column(verbose_name=_("Voucher"))
    content = tables.Column(verbose_name=_("What for"))
    contract = tables.Column(verbose_name=_("Contract"), accessor="commitment__contract", default="–")
    supplier = tables.Column(verbose_name=_("Supplier"), accessor="commitment__supplier", default="–")
    amount = MoneyColumn(verbose_name=_("Amount"))

    class Meta:
        model = Payment
        fields = ("on", "agency", "line", "voucher", "content", "contract", "supplier", "amount")
        order_by = ("-on",)
        empty_text = _("Nothing is paid yet.")

    def render_line(self, record: Payment) -> SafeString:
        url = reverse("budgets:line_detail", args=[record.line_id])
        return format_html('<a href="{}">{}</a>', url, record.line)

    def value_line(self, record: Payment) -> str:
        return record.line.content


class CommitmentTable(PaymentTable):
    contract = tables.Column(verbose_name=_("Contract"))
    supplier = tables.Column(verbose_name=_("Supplier"))
    voucher = None
    content = None

    class Meta:
        model = Commitment
        fields = ("on", "agency", "line", "contract", "supplier", "amount", "note")
        order_by = ("-on",)
        empty_text = _("No contract is recorded yet.")


class CarriedTable(tables.Table):
    agency = tables.Column(
        verbose_name=_("Agency"),
        accessor="line__estimate__agency",
        order_by="line__estimate__agency__sort_name",
    )
    line = tables.Column(verbose_name=_("Line"), order_by="line__position")
    amount = MoneyColumn(verbose_name=_("Amount"))
    to_year = tables.Column(verbose_name=_("To year"), attrs=NUMBER)
    reason = tables.Column(verbose_name=_("Reason"))
    legal_basis = tables.Column(verbose_name=_("Legal basis"))

    class Meta:
        model = CarriedMoney
        fields = ("agency", "line", "amount", "to_year", "reason", "legal_basis")
        empty_text = _("No money is carried on.")

    render_line = PaymentTable.render_line
    value_line = PaymentTable.value_line
