from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from loa.core import clock
from loa.core.sealing import SealedField, fingerprint
from loa.core.text import fold, headline, words
from loa.directory.models import Agency
from loa.feedback.states import CASE_STATES, ENDED_STATES, SHARE_STATES, TONES
from loa.procedures.models import Procedure

_DATES_IN_ORDER = Q(valid_to__isnull=True) | Q(valid_from__isnull=True) | Q(valid_to__gte=F("valid_from"))


class Subject(models.Model):
    """What a case is about (lĩnh vực): dated data of the intake. `code` is the service code of Open311."""

    code = models.SlugField(max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=200)
    name_en = models.CharField(_("name in English"), max_length=200)
    words = models.CharField(_("words that point to it"), max_length=500, blank=True)
    agency = models.ForeignKey(
        Agency,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="subjects",
        verbose_name=_("agency that mostly answers"),
    )
    rank = models.PositiveSmallIntegerField(default=100)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["rank", "name"]
        constraints = [models.CheckConstraint(condition=_DATES_IN_ORDER, name="subject_dates_in_order")]

    def __str__(self) -> str:
        """In the language of the page."""
        return self.name_en if self.name_en and (get_language() or "").startswith("en") else self.name


class IntakeDesk(models.Model):
    """A body that takes cases in, classifies them and checks the answers, from a day to a day.

    Denunciations that arrive there are shown to one named officer and to nobody else.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="intake_desks")
    denunciation_officer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="denunciation_desks",
    )
    is_main = models.BooleanField(default=False)  # takes what comes in by the public form
    phone = models.CharField(_("hotline"), max_length=50, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    legal_basis = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-is_main", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "valid_from"], name="intake_desk_once"),
            models.CheckConstraint(condition=_DATES_IN_ORDER, name="intake_desk_dates_in_order"),
        ]

    def __str__(self) -> str:
        return str(self.agency)


class Case(models.Model):
    """A citizen's matter, wherever it came in: one clock, one answer, one place in the public register.

    Who asks is kept apart (`Asker`). `key` names the sending: sent twice, it is one case. `due_on` is the day of
    the answer's clock, kept here for lists; `waiting_since` says that information is awaited from the asker.
    """

    class Kind(models.TextChoices):
        PROPOSAL = "proposal", _("Proposal on regulations")
        CONDUCT = "conduct", _("Conduct of officials")
        QUESTION = "question", pgettext_lazy("case", "Question")
        PRAISE = "praise", _("Praise")
        COMPLAINT = "complaint", _("Complaint under the Law on Complaints")  # guided to its own route
        SCENE = "scene", _("Street-level report: roads, waste, power")  # handed over to 1022

    HANDLED = (Kind.PROPOSAL, Kind.CONDUCT, Kind.QUESTION, Kind.PRAISE)  # the others go another way

    class Source(models.TextChoices):
        WEB = "web", _("Public form")
        HOTLINE = "hotline", _("Hotline")
        COUNTER = "counter", _("One-stop counter")
        REPORTER = "reporter", _("Reporter")
        DIALOGUE = "dialogue", pgettext_lazy("case", "Dialogue")
        API = "api", _("Another system")

    code = models.CharField(max_length=30, unique=True)
    secret = models.CharField(max_length=64)  # keyed digest of what the asker was given
    key = models.CharField(max_length=64, unique=True)
    state = models.CharField(
        max_length=12, choices=list(CASE_STATES.items()), default="received", db_index=True
    )
    kind = models.CharField(max_length=10, choices=Kind, blank=True)  # "" until the intake has classified it
    kind_wished = models.CharField(max_length=10, choices=Kind, blank=True)  # as the asker called it
    source = models.CharField(max_length=8, choices=Source)
    title = models.CharField(max_length=200)
    content = models.TextField()
    language = models.CharField(max_length=2, default="vi")
    commune = models.ForeignKey(
        Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="cases_there"
    )
    place = models.CharField(max_length=200, blank=True)
    latitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    about = models.ForeignKey(  # the body the asker names
        Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="cases_about"
    )
    procedure = models.ForeignKey(
        Procedure, null=True, blank=True, on_delete=models.PROTECT, related_name="cases"
    )
    subject = models.ForeignKey(
        Subject, null=True, blank=True, on_delete=models.PROTECT, related_name="cases"
    )
    intake = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="cases_taken_in")
    agency = models.ForeignKey(  # that has it now
        Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="cases"
    )
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="cases"
    )
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    entered_for = models.ForeignKey(
        Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="cases_entered"
    )
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged"
    )
    answer = models.TextField(blank=True)  # the present draft, then what was sent
    edition = models.PositiveIntegerField(default=0)  # of the draft: two who write at once are told
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    ground = models.CharField(max_length=60, blank=True)  # code of a RefusalGround
    received_at = models.DateTimeField(db_index=True)
    starts_on = models.DateField()  # the day its clocks count from
    due_on = models.DateField(null=True, blank=True, db_index=True)
    waiting_since = models.DateField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    purged_at = models.DateTimeField(null=True, blank=True)
    search_text = models.TextField(editable=False)  # title, content, code; never who asks

    class Meta:
        ordering = ["-received_at", "-pk"]
        verbose_name = pgettext_lazy("citizen", "case")
        verbose_name_plural = pgettext_lazy("citizen", "cases")
        indexes = [
            models.Index(fields=["intake", "state"]),
            models.Index(fields=["agency", "state"]),
            models.Index(fields=["subject", "received_at"]),
        ]

    def __str__(self) -> str:
        return f"{self.code} {headline(self.title)[:80]}"

    def save(self, *args: object, **kwargs: object) -> None:
        self.fill_search()
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def get_absolute_url(self) -> str:
        return reverse("feedback:case_detail", args=[self.pk])

    def fill_search(self) -> None:
        self.search_text = fold(f"{self.code} {self.title} {self.content}")

    @property
    def state_tone(self) -> str:
        return TONES.get(self.state, "plain" if self.is_ended else "soon")

    @property
    def is_ended(self) -> bool:
        return self.state in ENDED_STATES


def print_of_words(value: str, *, use: str) -> str:
    """The fingerprint of a name or an address, however it is written: finds it in a text without opening it."""
    plain = words(value)
    return fingerprint(plain, use=use) if plain else ""


class Asker(models.Model):
    """Who asks: sealed, apart from the case, read only where the asker must be reached, and each reading is logged.

    The fingerprints find other cases of the same phone or mail address without opening either.
    """

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="asker")
    name = SealedField(blank=True)
    phone = SealedField(blank=True)
    email = SealedField(blank=True)
    address = SealedField(blank=True)
    phone_print = models.CharField(max_length=64, blank=True, db_index=True)
    email_print = models.CharField(max_length=64, blank=True, db_index=True)
    name_print = models.CharField(max_length=64, blank=True, editable=False)
    address_print = models.CharField(max_length=64, blank=True, editable=False)  # of house and street

    def __str__(self) -> str:
        return f"asker of {self.case_id}"

    def save(self, *args: object, **kwargs: object) -> None:
        self.name_print = print_of_words(self.name, use="name")
        self.address_print = print_of_words(self.address.partition(",")[0], use="address")
        super().save(*args, **kwargs)  # type: ignore[arg-type]


class Consent(models.Model):
    """What the asker allowed, for one purpose, in the words that stood beside the box; kept as evidence."""

    class Purpose(models.TextChoices):
        CONTACT = "contact", _("To be told by e-mail how the case progresses")
        NAME = "name", _("To have my name shown with the published answer")
        SURVEY = "survey", _("To be asked how I found the service")
        WORDS = "words", _("To have my words about the answer shown with it, without my name")

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=8, choices=Purpose)
    words = models.CharField(max_length=500)
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["case", "purpose"], name="consent_once")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.purpose}"


class CaseFile(models.Model):
    """What was sent with a case, or with its answer. The content lies sealed in the file store."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="files")
    is_of_answer = models.BooleanField(default=False)
    is_public = models.BooleanField(default=False)  # shown with the published answer
    path = models.CharField(max_length=200)
    name = models.CharField(max_length=255)
    type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["case", "is_of_answer", "path"], name="case_file_once")
        ]

    def __str__(self) -> str:
        return self.name


class CaseClock(models.Model):
    """One running time limit of a case, with the rule as it stood when the clock was started."""

    class Kind(models.TextChoices):
        CLASSIFY = "classify", pgettext_lazy("clock", "Classify")
        TRANSFER = "transfer", pgettext_lazy("clock", "Transfer")
        ANSWER = "answer", pgettext_lazy("clock", "Answer")
        UPDATE = "update", pgettext_lazy("clock", "Report progress")
        RESULT = "result", pgettext_lazy("clock", "Send the result")
        PUBLICATION = "publication", pgettext_lazy("clock", "Publish the answer")

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="clocks")
    kind = models.CharField(max_length=11, choices=Kind)
    number = models.PositiveSmallIntegerField(default=1)  # a case that is opened again starts clocks again
    start_on = models.DateField()
    due_on = models.DateField(db_index=True)
    days = models.PositiveSmallIntegerField(null=True, blank=True)  # calendar days, or
    working_days = models.PositiveSmallIntegerField(null=True, blank=True)
    rule_code = models.CharField(max_length=60)
    legal_basis = models.CharField(max_length=300)
    paused_days = models.PositiveSmallIntegerField(default=0)  # that the asker took
    extended_days = models.PositiveSmallIntegerField(default=0)
    extended_why = models.TextField(blank=True)
    stopped_on = models.DateField(null=True, blank=True)
    is_void = models.BooleanField(default=False)  # ended without being met: refused, merged, withdrawn

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [models.UniqueConstraint(fields=["case", "kind", "number"], name="case_clock_once")]
        indexes = [models.Index(fields=["kind", "stopped_on", "due_on"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.due_on:%d/%m/%Y}"

    @property
    def is_late(self) -> bool:
        """Stopped after its day."""
        return bool(self.stopped_on and not self.is_void and self.stopped_on > self.due_on)


class CaseMove(models.Model):
    """One leg of a case's way between agencies, in order: sent, sent on, given back as not ours."""

    class Kind(models.TextChoices):
        ASSIGN = "assign", pgettext_lazy("move", "Sent")
        TRANSFER = "transfer", pgettext_lazy("move", "Transferred")
        GIVE_BACK = "give_back", pgettext_lazy("move", "Returned")
        FORWARD = "forward", pgettext_lazy("move", "Forwarded under its own procedure")

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="moves")
    kind = models.CharField(max_length=9, choices=Kind)
    source = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    target = models.ForeignKey(
        Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="case_moves"
    )
    reason = models.TextField(blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.source} → {self.target}"


class CaseShare(models.Model):
    """What a joint case asks of another agency: its part of the answer."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="shares")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="case_shares")
    state = models.CharField(max_length=8, choices=list(SHARE_STATES.items()), default="asked", db_index=True)
    question = models.TextField()
    part = models.TextField(blank=True)
    due_on = models.DateField(null=True, blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["case", "agency"], name="case_share_once")]

    def __str__(self) -> str:
        return f"{self.case_id} – {self.agency}"

    def get_absolute_url(self) -> str:
        return reverse("feedback:case_detail", args=[self.case_id])


class InformationRequest(models.Model):
    """A question back to the asker. While it is open the clocks stand still."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="information_requests")
    question = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    reply = models.TextField(blank=True)
    replied_at = models.DateTimeField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)  # replied, or no longer awaited

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(ended_on__isnull=True), name="information_asked_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {clock.day_of(self.asked_at):%d/%m/%Y}"


class StatusNote(models.Model):
    """Words to the asker about how a case stands, that stop the clock of updates."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="status_notes")
    words = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return headline(self.words)[:60]
