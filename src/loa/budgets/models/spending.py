"""What was bound, paid, settled and carried on, line by line."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from loa.budgets.models.estimate import EstimateLine
from loa.documents.models import stored_name


class Commitment(models.Model):
    """A contract or order that binds approved money."""

    line = models.ForeignKey(EstimateLine, on_delete=models.PROTECT, related_name="commitments")
    contract = models.CharField(max_length=120)  # its number
    supplier = models.CharField(max_length=300)
    amount = models.BigIntegerField()
    on = models.DateField()
    note = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["line", "contract"],
                condition=Q(withdrawn_at__isnull=True),
                name="commitment_once",
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="commitment_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.contract} – {self.supplier}"


class Payment(models.Model):
    """Money that left, with its voucher. Never more than what was approved for its line."""

    line = models.ForeignKey(EstimateLine, on_delete=models.PROTECT, related_name="payments")
    commitment = models.ForeignKey(
        Commitment, null=True, blank=True, on_delete=models.PROTECT, related_name="payments"
    )
    voucher = models.CharField(max_length=120)  # its number
    content = models.CharField(max_length=500, blank=True)
    amount = models.BigIntegerField()
    on = models.DateField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["line", "voucher"], condition=Q(withdrawn_at__isnull=True), name="payment_once"
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="payment_positive"),
        ]

    def __str__(self) -> str:
        return self.voucher


class VoucherFile(models.Model):
    """A scanned voucher of a payment, kept under its own digest."""

    payment = models.ForeignKey(Payment, on_delete=models.CASCADE, related_name="files")
    file = models.FileField(upload_to=stored_name, max_length=200)
    file_name = models.CharField(max_length=255)
    file_type = models.CharField(max_length=100)
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["payment", "sha256"], name="voucher_file_once")]

    def __str__(self) -> str:
        return self.file_name


class Settlement(models.Model):
    """The final account of a line: approved = settled + returned + carried on."""

    line = models.OneToOneField(EstimateLine, on_delete=models.PROTECT, related_name="settlement")
    settled_amount = models.BigIntegerField()
    returned_amount = models.BigIntegerField(default=0)  # given back to the budget
    note = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(settled_amount__gte=0, returned_amount__gte=0), name="settlement_not_negative"
            )
        ]

    def __str__(self) -> str:
        return f"{self.line}: {self.settled_amount}"


class CarriedMoney(models.Model):
    """Unspent money of a line that may be spent next year, with the reason and the text that allows it."""

    line = models.OneToOneField(EstimateLine, on_delete=models.PROTECT, related_name="carried")
    amount = models.BigIntegerField()
    to_year = models.PositiveSmallIntegerField(verbose_name=_("To year"))
    reason = models.TextField()
    legal_basis = models.CharField(max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(amount__gt=0), name="carried_money_positive")]
        verbose_name_plural = "carried money"

    def __str__(self) -> str:
        return f"{self.line}: {self.amount} → {self.to_year}"
