"""The register: a procedure, its field, the steps of online service, and where one hands papers in."""

from __future__ import annotations

from typing import Any

from django.core.validators import RegexValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from loa.core.text import fold, sort_key
from loa.directory.models import Agency

SORTED_LETTERS = 200  # of a name's sort key; longer names are told apart by their code
CODE = r"[0-9A-Z][0-9A-Za-z.-]{2,39}"
is_code = RegexValidator(
    rf"^{CODE}$", _("A code begins with a digit or a capital letter: 1.012766, T-HPH-123456-TT.")
)


class ProcedureField(models.Model):
    """A field of procedures (lĩnh vực): "Hộ tịch", "Đất đai"."""

    name = models.CharField(max_length=250)
    search_name = models.CharField(max_length=250, editable=False, unique=True)
    sort_name = models.CharField(max_length=SORTED_LETTERS, editable=False, db_index=True)

    class Meta:
        ordering = ["sort_name", "pk"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.search_name = fold(self.name)
        self.sort_name = sort_key(self.name)[:SORTED_LETTERS]
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return f"{reverse('procedures:public_list')}?field={self.pk}"


class OnlineLevel(models.Model):
    """How much of a procedure can be done online. Which levels there are is dated: 1 to 4, later in part or in full."""

    code = models.SlugField(max_length=20, unique=True)
    name_vi = models.CharField(max_length=100)
    name_en = models.CharField(max_length=100)
    text_vi = models.CharField(max_length=300)  # what a citizen may expect
    text_en = models.CharField(max_length=300)
    rank = models.PositiveSmallIntegerField()  # more is further
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    legal_basis = models.CharField(max_length=300)
    is_checked = models.BooleanField(default=False)

    class Meta:
        ordering = ["valid_from", "rank"]

    def __str__(self) -> str:
        return self.name_en if (get_language() or "").startswith("en") else self.name_vi

    def get_absolute_url(self) -> str:
        return f"{reverse('procedures:public_list')}?online={self.pk}"

    @property
    def text(self) -> str:
        return self.text_en if (get_language() or "").startswith("en") else self.text_vi


class ServiceDesk(models.Model):
    """The one-stop unit of a body (Bộ phận Một cửa): where it is, when it is open, whom to ask."""

    agency = models.OneToOneField(Agency, on_delete=models.CASCADE, related_name="service_desk")
    name = models.CharField(max_length=200)
    address = models.CharField(max_length=300)
    phone = models.CharField(max_length=60, blank=True)
    email = models.EmailField(blank=True)
    hours = models.CharField(max_length=200, blank=True)
    online_url = models.URLField(max_length=300, blank=True)  # where papers are handed in online

    class Meta:
        ordering = ["agency__sort_name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"{reverse('procedures:public_list')}?agency={self.agency_id}"


_IN_FORCE = models.Q(is_in_force=True)


class Procedure(models.Model):
    """One administrative procedure by its code. What it says stands in its versions; `current` is the one in force.

    Name, agency, field and the folded search text are kept here too, so that 100,000 rows are listed from a
    narrow table.
    """

    class Level(models.TextChoices):
        MINISTRY = "ministry", _("Ministry")
        CITY = "city", _("City or province")
        DISTRICT = "district", _("District")
        COMMUNE = "commune", _("Commune")
        OTHER = "other", _("Other body")

    code = models.CharField(max_length=40, unique=True, validators=[is_code])
    name = models.TextField()
    field = models.ForeignKey(ProcedureField, on_delete=models.PROTECT, related_name="procedures")
    levels = models.CharField(max_length=60)  # "city district": where it is done
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="procedures")  # in charge of it
    current = models.OneToOneField(
        "procedures.ProcedureVersion", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    is_in_force = models.BooleanField(default=False)  # published and not abolished
    online_level = models.ForeignKey(
        OnlineLevel, null=True, blank=True, on_delete=models.PROTECT, related_name="procedures"
    )
    search_text = models.TextField(editable=False)
    sort_name = models.CharField(max_length=SORTED_LETTERS, editable=False)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["sort_name", "code"]
        indexes = [
            # partial ones: SQLite looks a bare truth value up in no index
            models.Index(fields=["sort_name", "code"], condition=_IN_FORCE, name="procedure_in_order"),
            models.Index(fields=["agency", "sort_name", "code"], name="procedure_of_agency"),
            models.Index(fields=["sort_name", "code"], name="procedure_all_in_order"),
            models.Index(fields=["field"], condition=_IN_FORCE, name="procedure_of_field"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.fill_search()
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """The public page."""
        return reverse("procedures:public_detail", args=[self.code])

    def fill_search(self, keywords: str = "") -> None:
        """Set the columns that lists search and sort by."""
        self.sort_name = sort_key(self.name)[:SORTED_LETTERS]
        self.search_text = fold(f"{self.code} {self.name} {self.field.name} {self.agency.name} {keywords}")

    @property
    def staff_url(self) -> str:
        return reverse("procedures:procedure_detail", args=[self.pk])

    @property
    def level_names(self) -> list[str]:
        names = dict(self.Level.choices)
        return [str(names[level]) for level in self.levels.split() if level in names]
