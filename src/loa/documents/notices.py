"""What we tell whom about documents."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from loa.channels.actions import notify
from loa.directory.models import User
from loa.documents.models import Citation, LegalDocument


def tell_out_of_force(citation: Citation, people: Sequence[User], by: Sequence[LegalDocument]) -> None:
    """A public text names a document that has ended. The key tells each citation once."""
    legal = citation.legal
    words = {"document": legal.name, "page": citation.label}

    def body() -> str:
        lines = [
            _("“%(printed)s” stands in: %(page)s") % {"printed": citation.printed, "page": citation.label}
        ]
        if by:
            lines.append(
                _("Replaced or abolished by: %(names)s") % {"names": ", ".join(each.name for each in by)}
            )
        lines.append(_("Look whether the text must be corrected."))
        return "\n".join(lines)

    notify(
        people,
        key=f"citation.ended:{citation.source}:{citation.key}:{legal.pk}",
        subject=lambda: _("%(document)s is no longer in force and is cited") % words,
        body=body,
        url=citation.url,
    )
