"""What cases tell whom: officers by a notice, the asker by a letter where one was allowed, else by the case's page.

A notice says which case and about what subject, never a word of it: a mail that has left cannot be called back when
the case turns out to be a denunciation.

A letter holds a code and what comes next, never the words of a case or of its answer: those are read at the page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from loa.channels.actions import notify, write_letter
from loa.core import clock
from loa.core.text import format_date, headline
from loa.directory.models import Agency, Delegation, Membership, User, in_force
from loa.feedback.models import (
    Case,
    CaseShare,
    Consent,
    DataRequest,
    Denunciation,
    InformationRequest,
    Promise,
    Rating,
    Reopening,
    StatusNote,
)

MANAGERS = ("focal_point", "head")


def people_of(agency: Agency | None, *roles: str) -> list[User]:
    """Who holds one of the roles in an agency today, stand-ins of heads included. One query."""
    if agency is None:
        return []
    today = clock.today()
    held = Membership.objects.filter(in_force(today), agency=agency, role__in=roles or MANAGERS)
    people = Q(pk__in=held.values("user"))
    if "head" in (roles or MANAGERS):
        standing_in = Delegation.objects.filter(
            agency=agency, starts_on__lte=today, ends_on__gte=today, withdrawn_at__isnull=True
        )
        people |= Q(pk__in=standing_in.values("receiver"))
    return list(User.objects.filter(people, is_active=True))


def tell_received(case: Case) -> None:
    """The intake learns that something came in; the asker gets what opens the case again."""
    if case.source != Case.Source.DIALOGUE:  # the moderators see it come in
        _tell(
            people_of(case.intake, "focal_point", "clerk"),
            case,
            "received",
            lambda: _("New case: %(what)s"),
            kind="waiting",
        )
    _write(
        case,
        "received",
        lambda: _("We have received your case %(code)s"),
        lambda: _(
            "Its code is %(code)s. To see its progress, open the page below and enter the code and the "
            "secret you were shown. You will be told by e-mail when something happens."
        ),
    )


def tell_assigned(case: Case) -> None:
    _tell(
        people_of(case.agency),
        case,
        f"assigned:{case.moves.count()}",
        lambda: _("A case was sent to your agency: %(what)s"),
        kind="work",
    )
    _write(
        case,
        f"assigned:{case.moves.count()}",
        lambda: _("Your case %(code)s is with %(agency)s"),
        lambda: _("It was sent to %(agency)s, which answers it. The answer is due by %(due)s."),
    )


def tell_given_back(case: Case, source: Agency | None) -> None:
    _tell(
        people_of(case.intake, "focal_point", "clerk"),
        case,
        f"given_back:{case.moves.count()}",
        lambda: _("Returned by %(agency)s: %(what)s"),
        kind="returned",
        agency=str(source or ""),
    )


def tell_in_charge(case: Case, *, by: User) -> None:
    if case.officer and case.officer_id != by.pk:
        _tell([case.officer], case, f"officer:{case.officer_id}", lambda: _("You answer this case: %(what)s"))


def tell_with_head(case: Case) -> None:
    key = f"with_head:{case.edition}"
    _tell(
        people_of(case.agency, "head"),
        case,
        key,
        lambda: _("An answer waits for you: %(what)s"),
        kind="waiting",
    )


def tell_returned(case: Case, note: str, *, by: User) -> None:
    people = [person for person in (case.drafted_by, case.officer) if person and person.pk != by.pk]
    _tell(
        people,
        case,
        f"returned:{case.edition}:{case.state}",
        lambda: _("The answer was returned: %(what)s"),
        kind="returned",
        note=note,
    )


def tell_approved(case: Case) -> None:
    _tell(
        people_of(case.intake, "focal_point", "clerk"),
        case,
        f"approved:{case.edition}",
        lambda: _("An approved answer waits for your check: %(what)s"),
        kind="waiting",
    )


def tell_answered(case: Case) -> None:
    """The asker, and the askers of every case that is answered together with this one."""
    for one in (case, *case.merged.select_related("asker", "agency", "intake")):
        _write_answered(one, case.edition)


def tell_answered_together(case: Case) -> None:
    """Merged into a case that is answered already: its asker need not wait."""
    if case.merged_into is not None:
        _write_answered(case, case.merged_into.edition)


def _write_answered(case: Case, edition: int) -> None:
    _write(
        case,
        f"answered:{edition}",
        lambda: _("Your case %(code)s is answered"),
        lambda: _(
            "Read the answer on the page below with the code and your secret. There you can say whether "
            "it helped, and have the case reopened if it did not."
        ),
    )


def tell_ended(case: Case) -> None:
    _write(
        case,
        f"ended:{case.state}",
        lambda: _("Your case %(code)s is not handled here"),
        lambda: _("The reason, and where you can turn, is on the page below."),
    )


def tell_forwarded(case: Case, agency: Agency) -> None:
    """The body whose route it is; it reads the case and answers outside of here."""
    _tell(
        people_of(agency),
        case,
        f"forwarded:{agency.pk}",
        lambda: _("Forwarded to your agency under its own procedure: %(what)s"),
        kind="work",
    )


def tell_merged(case: Case) -> None:
    _write(
        case,
        "merged",
        lambda: _("Your case %(code)s is answered together with another"),
        lambda: _("Somebody asked the same. You are told when the common answer is there."),
    )


def tell_published(case: Case) -> None:
    """The asker may read what the public reads, and say where too much stands in it."""
    _write(
        case,
        f"published:{case.edition}",
        lambda: _("The answer to your case %(code)s is public"),
        lambda: _(
            "It is in the public register without your personal data. Should you find anything in it "
            "that identifies you, say so on the page below."
        ),
    )


def tell_extended(case: Case, due_on: date) -> None:
    _write(
        case,
        "extended",
        lambda: _("The answer to your case %(code)s takes longer"),
        lambda: _("It is now due by %(due)s. The reason is on the page below."),
        due=format_date(due_on),
    )


def tell_status(case: Case, note: StatusNote) -> None:
    _write(
        case,
        f"status:{note.pk}",
        lambda: _("Progress of your case %(code)s"),
        lambda: _("The agency has reported progress: read it on the page below."),
    )


def tell_asked(case: Case, row: InformationRequest) -> None:
    _write(
        case,
        f"asked:{row.pk}",
        lambda: _("A question to you about your case %(code)s"),
        lambda: _("Something is missing to answer it. Read the question and reply on the page below."),
    )


def tell_replied(case: Case) -> None:
    people = [case.officer] if case.officer else people_of(case.agency or case.intake, "focal_point", "clerk")
    count = case.information_requests.count()
    _tell(people, case, f"replied:{count}", lambda: _("The sender has replied: %(what)s"))


def tell_no_reply(case: Case) -> None:
    """The time to reply has run out: the clocks run again."""
    people = [case.officer] if case.officer else people_of(case.agency or case.intake, "focal_point", "clerk")
    count = case.information_requests.count()
    _tell(people, case, f"no_reply:{count}", lambda: _("No reply came, the time limits run again: %(what)s"))


def tell_reopened(case: Case, row: Reopening) -> None:
    people = [case.officer] if case.officer else []
    _tell(
        [*people, *people_of(case.agency)],
        case,
        f"reopened:{row.pk}",
        lambda: _("Reopened, the answer leaves something open: %(what)s"),
        kind="returned",
    )


def tell_rated(case: Case, rating: Rating) -> None:
    """Who answered hears that the asker said something of the answer; what, stands with the case."""
    people, key = [*filter(None, [case.officer]), *people_of(case.agency, "head")], rating.at.isoformat()
    _tell(people, case, f"rated:{key}", lambda: _("The sender has rated the answer: %(what)s"))


def tell_withdrawn(case: Case) -> None:
    people = [case.officer] if case.officer else people_of(case.agency or case.intake, "focal_point", "clerk")
    _tell(people, case, "withdrawn", lambda: _("The sender has withdrawn: %(what)s"))


def tell_consent_withdrawn(consent: Consent) -> None:
    """Whoever shows the name or asks about the service must stop; letters stop by themselves."""
    if consent.purpose != Consent.Purpose.CONTACT:
        _tell(
            people_of(consent.case.intake, "focal_point", "clerk"),
            consent.case,
            f"consent:{consent.pk}",
            lambda: _("A consent was withdrawn: %(what)s"),
            note=str(consent.get_purpose_display()),
        )


def tell_data_asked(row: DataRequest) -> None:
    """To the intake's own page of such requests: it holds no word of the data."""
    case = row.case
    notify(
        people_of(case.intake, "focal_point", "clerk"),
        key=f"data_request:{row.pk}:asked",
        subject=lambda: _("A personal data request: %(code)s") % {"code": case.code},
        body=lambda: str(row.get_kind_display()),
        url=reverse("feedback:data_request_detail", args=[row.pk]),
        kind="waiting",
    )


def tell_letter_waits(row: Denunciation, key: str) -> None:
    """The named officer learns that a letter waits: no code, no word of it, not even what kind of letter."""
    notify(
        [row.officer],
        key=f"letter:{row.pk}:{key}",
        subject=lambda: _("A letter waits for you"),
        body=lambda: "",
        url=reverse("feedback:own_letters"),
        kind="waiting",
    )


def tell_data_moved(row: DataRequest) -> None:
    _write(
        row.case,
        f"data:{row.pk}:{row.state}",
        lambda: _("Your request about your data in case %(code)s"),
        lambda: _("There is a reply: read it on the page below."),
    )


def tell_share_asked(share: CaseShare) -> None:
    _tell(
        people_of(share.agency),
        share.case,
        f"share:{share.pk}:{share.asked_at.isoformat()}",
        lambda: _("Your part of a joint answer is asked for: %(what)s"),
        kind="work",
        note=share.question,
    )


def tell_share_answered(share: CaseShare, *, note: str = "") -> None:
    """The agency that answers learns that a part has come, or will not."""
    case = share.case
    is_given = share.state == "given"
    _tell(
        [case.officer] if case.officer else people_of(case.agency),
        case,
        f"share:{share.pk}:{share.state}:{share.asked_at.isoformat()}",
        lambda: (
            _("%(agency)s has given its part: %(what)s")
            if is_given
            else _("%(agency)s gives no part: %(what)s")
        ),
        kind="" if is_given else "returned",
        note=note,
        agency=str(share.agency),
    )


def tell_promised(promise: Promise, *, again: str = "") -> None:
    """The body that gave its word; Party and mass bodies are reminded of it, not ordered."""
    what = headline(promise.words)[:150]
    notify(
        people_of(promise.agency),
        key=f"promise:{promise.pk}:{'again' if again else 'made'}:{clock.today().isoformat()}",
        subject=lambda: (
            _("Promised in a dialogue, by %(due)s: %(what)s")
            % {"due": format_date(promise.due_on), "what": what}
        ),
        body=lambda: again,
        url=promise.get_absolute_url(),
        kind="returned" if again else "work",
    )


def _tell(
    people: Iterable[User],
    case: Case,
    key: str,
    subject: Callable[[], str],
    *,
    kind: str = "",
    note: str = "",
    **words: Any,
) -> None:
    what = f"{case.code} ({case.subject})" if case.subject else case.code
    notify(
        people,
        key=f"case:{case.pk}:{key}",
        subject=lambda: subject() % {"what": what, **words},
        body=lambda: note,
        url=reverse("feedback:case_detail", args=[case.pk]),
        kind=kind,
    )


def _write(case: Case, key: str, subject: Callable[[], str], body: Callable[[], str], **words: Any) -> None:
    """One letter to the asker, in the asker's language, where this was allowed and not taken back."""
    asker = getattr(case, "asker", None)
    if asker is None or not asker.email:
        return
    if not case.consents.filter(purpose="contact", withdrawn_at__isnull=True).exists():
        return
    due = format_date(case.due_on) if case.due_on else ""
    said = {"code": case.code, "agency": str(case.agency or case.intake), "due": due, **words}
    with translation.override(case.language):
        write_letter(
            key=f"case:{case.pk}:{key}",
            address=asker.email,
            subject=subject() % said,
            body=body() % said,
            url=f"{reverse('feedback:follow')}?code={case.code}",
            language=case.language,
        )
