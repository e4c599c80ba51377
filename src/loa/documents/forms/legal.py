from __future__ import annotations

from typing import Any

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from loa.core import clock
from loa.core.forms import DayInput
from loa.core.uploads import UploadError, check_upload
from loa.documents import queries
from loa.documents.models import DocumentLink, LegalDocument
from loa.documents.queries import LEGAL_COLUMNS
from loa.documents.queries.importing import LEGAL_KIND_CHOICES, RELATION_KINDS

ACCEPTED = ("pdf", "docx", "odt")
_LINES = forms.Textarea(attrs={"rows": 2})


class SuggestedInput(forms.TextInput):
    """A field that offers what was given before and takes anything else."""

    template_name = "documents/suggested_input.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["suggestions"] = queries.fields_in_use()
        return context


class LegalForm(forms.Form):
    """What a legal document is. `legal` is given where it is corrected."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=LEGAL_KIND_CHOICES)
    printed_number = forms.CharField(
        label=gettext_lazy("Number and symbol"),
        max_length=80,
        required=False,
        help_text=gettext_lazy("As printed: 61/2018/NĐ-CP."),
    )
    issued_on = forms.DateField(label=gettext_lazy("Issued on"), widget=DayInput)
    issuer_name = forms.CharField(label=gettext_lazy("Issued by"), max_length=300)
    subject = forms.CharField(
        label=gettext_lazy("Subject"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        help_text=gettext_lazy("Of a law its name without the word “law”: Tiếp cận thông tin."),
    )
    field = forms.CharField(
        label=gettext_lazy("Field of law"), max_length=120, required=False, widget=SuggestedInput
    )
    effective_from = forms.DateField(label=gettext_lazy("In force from"), widget=DayInput, required=False)
    effective_to = forms.DateField(
        label=gettext_lazy("In force to"),
        widget=DayInput,
        required=False,
        help_text=gettext_lazy("Only where the document itself names its last day."),
    )
    signer_name = forms.CharField(label=gettext_lazy("Signed by"), max_length=200, required=False)
    signer_title = forms.CharField(label=gettext_lazy("Office of the signer"), max_length=200, required=False)
    is_checked = forms.BooleanField(
        label=gettext_lazy("I have compared this with the published text"), required=False
    )
    note = forms.CharField(label=gettext_lazy("Note"), required=False, widget=_LINES, max_length=1000)
    upload = forms.FileField(
        label=gettext_lazy("File for readers"),
        required=False,
        widget=forms.FileInput({"accept": ",".join(f".{kind}" for kind in ACCEPTED)}),
        help_text=gettext_lazy(".pdf, .docx or .odt. Its text is read for search where that is possible."),
    )
    enter_again = forms.BooleanField(
        label=gettext_lazy("It is another document: enter it all the same"), required=False
    )

    def __init__(self, *args: Any, legal: LegalDocument | None = None, **kwargs: Any) -> None:
        if legal is not None:
            kwargs.setdefault("initial", _initial(legal))
        super().__init__(*args, **kwargs)
        self.legal = legal
        self.alike: list[LegalDocument] = []
        if legal is not None and not legal.owns_document:
            for name in (
                "kind",
                "printed_number",
                "issued_on",
                "issuer_name",
                "subject",
                "signer_name",
                "signer_title",
                "upload",
            ):
                del self.fields[name]
        if legal is not None and legal.owns_document and legal.document.kind not in dict(LEGAL_KIND_CHOICES):
            kind = legal.document.kind
            self.fields["kind"].choices = [*LEGAL_KIND_CHOICES, (kind, kind.capitalize())]  # type: ignore[attr-defined]
        if not self.data.get("enter_again") and not self._is_alike_data():
            del self.fields["enter_again"]

    def _is_alike_data(self) -> bool:
        """Whether what was sent names a paper that the register holds: only then is the question asked."""
        number, day = self.data.get("printed_number", ""), self.data.get("issued_on", "")
        if not (self.is_bound and number and day):
            return False
        try:
            issued_on = forms.DateField().clean(day)
        except forms.ValidationError:
            return False
        rows = queries.alike_documents(
            printed_number=number,
            issuer_name=self.data.get("issuer_name", ""),
            issued_on=issued_on,
            but=self.legal,
        )
        self.alike = list(rows)
        return bool(self.alike)

    def clean_upload(self) -> Any:
        file = self.cleaned_data["upload"]
        if not file:
            return None
        try:
            upload = check_upload(file, file.name)
        except UploadError as error:
            raise forms.ValidationError(str(error)) from error
        if upload.kind not in ACCEPTED:
            raise forms.ValidationError(_("Give the document as .pdf, .docx or .odt."))
        return upload

    def clean_printed_number(self) -> str:
        return " ".join(self.cleaned_data["printed_number"].split())

    def clean_subject(self) -> str:
        return " ".join(self.cleaned_data["subject"].split())

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        first, last = given.get("effective_from"), given.get("effective_to")
        if first and last and last < first:
            self.add_error("effective_to", _("It ends before it begins."))
        issued_on = given.get("issued_on")
        if issued_on and issued_on > clock.today():
            self.add_error("issued_on", _("The day lies in the future."))
        if self.alike and not given.pop("enter_again", False):
            links = format_html_join(
                ", ", '<a href="{}">{}</a>', ((each.get_absolute_url(), each.name) for each in self.alike)
            )
            self.add_error(
                None,
                format_html(
                    "{} {}", _("The register holds this number of this issuer and day already:"), links
                ),
            )
        given.pop("enter_again", None)
        return given


class EnterLegalForm(LegalForm):
    """With what it does to others, one document a line."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind in RELATION_KINDS:
            self.fields[kind] = forms.CharField(
                label=LEGAL_COLUMNS[kind], required=False, widget=_LINES, max_length=4000
            )
        self.fields[RELATION_KINDS[0]].help_text = gettext_lazy(
            "One document a line, as it is cited: Nghị định số 61/2018/NĐ-CP ngày 23/4/2018."
        )

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        relations = {kind: given.pop(kind, "").splitlines() for kind in RELATION_KINDS}
        given["relations"] = {
            kind: [" ".join(line.split()) for line in lines if line.strip()]
            for kind, lines in relations.items()
        }
        return given


def _initial(legal: LegalDocument) -> dict[str, Any]:
    document = legal.document
    on_document = (
        "kind",
        "printed_number",
        "issued_on",
        "issuer_name",
        "subject",
        "signer_name",
        "signer_title",
    )
    values = {name: getattr(document, name) for name in on_document}
    own = ("field", "effective_from", "effective_to", "is_checked", "note")
    return values | {name: getattr(legal, name) for name in own}


class RelationForm(forms.Form):
    kind = forms.ChoiceField(
        label=gettext_lazy("What it does"),
        choices=[(kind, DocumentLink.Kind(kind).label) for kind in (*RELATION_KINDS, "basis", "reference")],
    )
    text = forms.CharField(
        label=gettext_lazy("To which document"),
        max_length=1000,
        widget=_LINES,
        help_text=gettext_lazy("As it is cited: Nghị định số 61/2018/NĐ-CP ngày 23/4/2018."),
    )
    acts_from = forms.DateField(
        label=gettext_lazy("From"),
        widget=DayInput,
        required=False,
        help_text=gettext_lazy("Empty: from the day this document takes effect."),
    )
    note = forms.CharField(
        label=gettext_lazy("Note"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Which articles, for instance."),
    )

    def clean_text(self) -> str:
        return " ".join(self.cleaned_data["text"].split())


class StepForm(forms.Form):
    note = forms.CharField(label=gettext_lazy("Reason"), widget=_LINES, max_length=1000)


class ConfirmForm(forms.Form):
    """Nothing is asked but whether."""
