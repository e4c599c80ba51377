"""A sheet's two pages, the same for every register of core: hand it in, look at the preview and confirm."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.core import signing
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from loa.core.acting import LOOKED_AT, TAKEN, attempt
from loa.core.forms import SheetForm
from loa.core.pages import page
from loa.core.previews import Preview
from loa.core.sheets import ReadSheet, SheetRow, SheetShape, seal, unseal


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent, even where nothing was filled in; None when the page is only looked at."""
    return request.POST if request.method == "POST" else None


@dataclass(frozen=True, slots=True)
class SheetDoor:
    """How a register takes a sheet."""

    salt: str
    shape: SheetShape
    preview: Callable[[list[SheetRow]], Preview]
    take: Callable[..., Preview]  # (rows, digest=…, by=…, **what the form asks) → what was done
    form: type[Form]  # what is asked beside the sheet itself
    template: str  # the page where the sheet is handed in
    apply_url: str
    back_url: str
    args: tuple[Any, ...] = ()  # of both addresses, where the register is a part of something
    extra: Mapping[str, Any] = field(default_factory=dict)  # what the template takes beside the form
    query: str = ""  # behind both addresses: "?buoi=7", a part of that again

    @property
    def apply_path(self) -> str:
        return reverse(self.apply_url, args=self.args) + self.query

    @property
    def back_path(self) -> str:
        return reverse(self.back_url, args=self.args) + self.query

    def hand_in(self, request: HttpRequest) -> HttpResponse:
        """A file becomes a preview; nothing is changed before it is confirmed."""
        form = SheetForm(posted(request), request.FILES or None, shape=self.shape)
        status = attempt(request, form, lambda _given: None)
        if status == TAKEN:
            return self._show(request, form.sheet, self.form())
        context = {"form": form, "columns": self.shape.columns, "back_url": self.back_path, **self.extra}
        return page(request, self.template, context, status=status)

    def confirm(self, request: HttpRequest) -> HttpResponse:
        """Do what the preview showed; when the register has changed meanwhile, show it anew."""
        try:
            sheet, digest = unseal(request.POST.get("sheet", ""), by=request.user, salt=self.salt)
        except signing.BadSignature as error:
            raise Http404 from error
        form, done = self.form(request.POST), []

        def run(given: dict[str, Any]) -> None:
            given.pop("sheet")
            done.append(self.take(sheet.rows, digest=digest, by=request.user, **given))

        status = attempt(request, form, run)
        if status != TAKEN:
            return self._show(request, sheet, form, status=status)
        words = {
            "added": len(done[0].added),
            "changed": len(done[0].changed),
            "removed": len(done[0].removed),
        }
        messages.success(
            request, _("Imported: %(added)d added, %(changed)d changed, %(removed)d removed.") % words
        )
        return redirect(self.back_path)

    def _show(
        self, request: HttpRequest, sheet: ReadSheet, form: Form, *, status: int = LOOKED_AT
    ) -> HttpResponse:
        preview = self.preview(sheet.rows)
        sealed = (
            seal(sheet, digest=preview.digest, by=request.user, salt=self.salt) if preview.can_apply else ""
        )
        if form.is_bound:
            form.data = {**{name: form.data.get(name, "") for name in form.fields}, "sheet": sealed}
        else:
            form.initial["sheet"] = sealed
        context = {"preview": preview, "form": form, "door": self}
        return page(request, "core/sheet_preview.html", context, status=status)
