"""Whether words in a text are the asker's own name, phone, mail or address: told by fingerprints, nothing is opened."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.db.models import Q

from loa.core.sealing import fingerprint
from loa.feedback.masking import IsAskers
from loa.feedback.models import Asker, Case
from loa.feedback.models.case import print_of_words

_FIELDS = ("name_print", "phone_print", "email_print", "address_print")


def asker_matcher(case: Case) -> IsAskers:
    """Of everybody whose case is answered with this one. One query, whatever is asked of it later."""
    rows = Asker.objects.filter(Q(case=case) | Q(case__merged_into=case)).values_list(*_FIELDS)
    columns = list(zip(*rows, strict=True)) or [()] * len(_FIELDS)
    names, phones, mails, addresses = ({each for each in column if each} for column in columns)
    known = {"name": names, "address": addresses}
    digital = {"phone": phones, "email": mails, "id": phones, "account": phones}

    def is_askers(kind: str, value: str) -> bool:
        if known.get(kind):
            return print_of_words(value, use=kind) in known[kind]
        wanted = digital.get(kind)
        return bool(wanted) and any(_print(kind, form) in wanted for form in _forms(kind, value))

    return is_askers


def _print(kind: str, value: str) -> str:
    """As `actions.print_of` makes it of what the asker typed."""
    return fingerprint(value, use="email" if kind == "email" else "phone")


def _forms(kind: str, value: str) -> Iterable[str]:
    """The ways in which one number is typed into a form."""
    if kind == "email":
        return [re.sub(r"\s", "", value.casefold()).translate(str.maketrans("", "", "-()."))]
    figures = re.sub(r"\D", "", value.replace("o", "0").replace("O", "0"))
    rest = re.sub(r"^(?:0084|84|0)", "", figures)
    return [f"0{rest}", f"+84{rest}", f"84{rest}", f"0084{rest}", figures]
