"""Lists of the directory; a value without markup goes into the .xlsx."""

from __future__ import annotations

from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from loa.core import clock, history
from loa.core.lists import DayColumn
from loa.core.models import Entry
from loa.core.templatetags.ui import badge, day, moment
from loa.directory import queries
from loa.directory.models import (
    Agency,
    AgencyGroup,
    Delegation,
    Membership,
    Network,
    NetworkMember,
    Reorganisation,
    User,
)

_BREAK = SafeString("<br>")


class AgencyTable(tables.Table):
    name = tables.Column(
        verbose_name=gettext_lazy("Name"),
        linkify=("directory:agency_detail", {"pk": tables.A("pk")}),
        order_by=("sort_name", "code"),
    )
    code = tables.Column(verbose_name=gettext_lazy("Code"))
    kind = tables.Column(verbose_name=gettext_lazy("Kind"))
    level = tables.Column(verbose_name=gettext_lazy("Level"))
    parent = tables.Column(
        verbose_name=gettext_lazy("Parent body"),
        linkify=("directory:agency_detail", {"pk": tables.A("parent_id")}),
        order_by=("parent__sort_name",),
    )
    valid_from = DayColumn(verbose_name=gettext_lazy("Exists from"))
    valid_to = DayColumn(verbose_name=gettext_lazy("Exists to"))

    class Meta:
        model = Agency
        fields = ["name", "code", "kind", "level", "parent", "valid_from", "valid_to"]
        order_by = "name"
        empty_text = gettext_lazy("No body fits. Try fewer words, or look at another day.")

    def render_valid_to(self, value: Any) -> SafeString | str:
        if value < clock.today():
            return badge(_("Ended %(day)s") % {"day": day(value)}, "plain")
        return day(value)


class UnknownSuccessorTable(tables.Table):
    name = tables.Column(
        verbose_name=gettext_lazy("Body"),
        linkify=("directory:agency_detail", {"pk": tables.A("pk")}),
        order_by=("sort_name", "code"),
    )
    code = tables.Column(verbose_name=gettext_lazy("Code"))
    kind = tables.Column(verbose_name=gettext_lazy("Kind"))
    valid_to = DayColumn(verbose_name=gettext_lazy("Exists to"))
    supposed = tables.Column(
        verbose_name=gettext_lazy("Supposed, not proven"),
        accessor="unproven",
        orderable=False,
        empty_values=(),
    )
    act = tables.Column(
        verbose_name=gettext_lazy("Act"), accessor="pk", orderable=False, exclude_from_export=True
    )

    class Meta:
        model = Agency
        fields = ["name", "code", "kind", "valid_to", "supposed", "act"]
        order_by = "name"
        empty_text = gettext_lazy("What became of every body that ended is known.")

    def render_supposed(self, value: list[Reorganisation]) -> SafeString:
        told = ((_supposition(each),) for each in value or [])
        return format_html_join(_BREAK, "{}", told)

    def value_supposed(self, value: list[Reorganisation]) -> str:
        return "; ".join(_supposition(each) for each in value or [])

    def render_act(self, record: Agency) -> SafeString:
        url = reverse("directory:successor_record", args=[record.pk])
        return format_html('<a class="button" href="{}">{}</a>', url, _("Record successor"))


def _supposition(reorganisation: Reorganisation) -> str:
    heirs = ", ".join(heir.name for heir in reorganisation.successors.all())
    words = f"{reorganisation.get_kind_display()} ({reorganisation.mark})"
    return f"{words}: {heirs}" if heirs else f"{words}. {reorganisation.note}"


class GroupTable(tables.Table):
    name = tables.Column(
        verbose_name=gettext_lazy("Printed name"),
        linkify=("directory:group_detail", {"pk": tables.A("pk")}),
        order_by=("sort_name",),
    )
    member_count = tables.Column(verbose_name=gettext_lazy("Bodies today"))
    note = tables.Column(verbose_name=gettext_lazy("Note"), orderable=False)

    class Meta:
        model = AgencyGroup
        fields = ["name", "member_count", "note"]
        order_by = "name"
        empty_text = gettext_lazy("There is no group of bodies yet.")


class ReorganisationTable(tables.Table):
    on = DayColumn(
        verbose_name=gettext_lazy("On"), linkify=("directory:reorganisation_detail", {"pk": tables.A("pk")})
    )
    kind = tables.Column(verbose_name=gettext_lazy("What happened"))
    predecessors = tables.ManyToManyColumn(verbose_name=gettext_lazy("Before"), orderable=False)
    successors = tables.ManyToManyColumn(verbose_name=gettext_lazy("After"), orderable=False)
    decision = tables.Column(verbose_name=gettext_lazy("Decision"))
    mark = tables.Column(verbose_name=gettext_lazy("How well known"))

    class Meta:
        model = Reorganisation
        fields = ["on", "kind", "predecessors", "successors", "decision", "mark"]
        order_by = ("-on",)
        empty_text = gettext_lazy("No reorganisation is recorded.")

    def render_mark(self, record: Reorganisation) -> SafeString | str:
        return (
            record.mark
            if record.is_proven
            else badge(_("%(mark)s, not proven") % {"mark": record.mark}, "soon")
        )

    def value_mark(self, record: Reorganisation) -> str:
        return record.mark


class UserTable(tables.Table):
    full_name = tables.Column(
        verbose_name=gettext_lazy("Full name"),
        linkify=("directory:user_detail", {"pk": tables.A("pk")}),
        order_by=("sort_name", "pk"),
    )
    username = tables.Column(verbose_name=gettext_lazy("User name"))
    email = tables.Column(verbose_name=gettext_lazy("E-mail"))
    roles = tables.Column(
        verbose_name=gettext_lazy("Roles"), accessor="present_memberships", orderable=False, empty_values=()
    )
    last_login = tables.Column(verbose_name=gettext_lazy("Last log-in"))
    is_active = tables.Column(verbose_name=gettext_lazy("Account"))

    class Meta:
        model = User
        fields = ["full_name", "username", "email", "roles", "last_login", "is_active"]
        order_by = "full_name"
        empty_text = gettext_lazy("No account fits.")

    def render_roles(self, value: list[Membership]) -> SafeString:
        if not value:
            return badge(_("No role"), "soon")
        return format_html_join(_BREAK, "{}, {}", ((m.get_role_display(), m.agency.name) for m in value))

    def value_roles(self, value: list[Membership]) -> str:
        return "; ".join(f"{each.get_role_display()}, {each.agency.name}" for each in value or [])

    def render_last_login(self, value: Any) -> str:
        return moment(value)

    def render_is_active(self, value: bool) -> SafeString:
        return badge(_("Open"), "done") if value else badge(_("Closed"), "plain")

    def value_is_active(self, value: bool) -> str:
        return _("Open") if value else _("Closed")


class DelegationTable(tables.Table):
    agency = tables.Column(verbose_name=gettext_lazy("Agency"), order_by=("agency__sort_name",))
    giver = tables.Column(verbose_name=gettext_lazy("Head"), order_by=("giver__sort_name",))
    receiver = tables.Column(
        verbose_name=gettext_lazy("Acts for the head"), order_by=("receiver__sort_name",)
    )
    starts_on = DayColumn(verbose_name=gettext_lazy("From"))
    ends_on = DayColumn(verbose_name=gettext_lazy("To"))
    reason = tables.Column(verbose_name=gettext_lazy("Reason"), orderable=False)
    standing = tables.Column(verbose_name=gettext_lazy("State"), accessor="pk", orderable=False)
    act = tables.Column(
        verbose_name=gettext_lazy("Act"), accessor="pk", orderable=False, exclude_from_export=True
    )

    class Meta:
        model = Delegation
        fields = ["agency", "giver", "receiver", "starts_on", "ends_on", "reason", "standing", "act"]
        order_by = ("-starts_on",)
        empty_text = gettext_lazy(
            "Nobody has delegated yet. A head who will be away names who decides meanwhile."
        )

    def render_standing(self, record: Delegation) -> SafeString:
        return badge(*_standing(record))

    def value_standing(self, record: Delegation) -> str:
        return _standing(record)[0]

    def render_act(self, record: Delegation) -> SafeString | str:
        if _standing(record)[1] == "plain" or not self.request.user.has_perm(
            "directory.withdraw_delegation", record
        ):
            return ""
        url = reverse("directory:delegation_withdraw", args=[record.pk])
        return format_html('<a class="button" href="{}">{}</a>', url, pgettext("delegation", "Withdraw"))


def _standing(delegation: Delegation) -> tuple[str, str]:
    today = clock.today()
    if delegation.withdrawn_at:
        return _("Withdrawn"), "plain"
    if delegation.ends_on < today:
        return _("Over"), "plain"
    return (_("To come"), "wait") if delegation.starts_on > today else (_("In force"), "run")


class EntryTable(tables.Table):
    """The audit log. Words and reasons of plans and reports are not the administrator's to read."""

    at = tables.Column(verbose_name=gettext_lazy("When"), order_by=("pk",))
    by = tables.Column(verbose_name=gettext_lazy("Who"), empty_values=(), orderable=False)
    hat = tables.Column(verbose_name=gettext_lazy("For which agency"), orderable=False)
    action = tables.Column(verbose_name=gettext_lazy("What"), orderable=False)
    object = tables.Column(
        verbose_name=gettext_lazy("On what"), accessor="object_id", empty_values=(), orderable=False
    )
    note = tables.Column(verbose_name=gettext_lazy("Reason"), orderable=False)

    class Meta:
        model = Entry
        fields = ["at", "by", "hat", "action", "object", "note"]
        order_by = ("-at",)
        empty_text = gettext_lazy("Nothing fits.")

    def render_at(self, value: Any) -> str:
        return moment(value)

    def render_by(self, record: Entry) -> str:
        return history.line(record).who

    def render_hat(self, record: Entry) -> str:
        return history.line(record).hat

    def render_action(self, record: Entry) -> str:
        line = history.line(record)
        return f"{line.sentence}: {line.source} → {line.target}" if line.target else line.sentence

    def render_object(self, record: Entry) -> str:
        return f"{record.content_type.name} {record.object_id}"

    def render_note(self, record: Entry) -> str:
        return record.note if record.content_type.app_label in queries.OPEN_APPS else "—"


class NetworkTable(tables.Table):
    name = tables.Column(verbose_name=gettext_lazy("Network"), linkify=True, order_by=("sort_name", "pk"))
    kind = tables.Column(verbose_name=gettext_lazy("Kind"))
    keeper = tables.Column(verbose_name=gettext_lazy("Kept by"), order_by=("keeper__sort_name",))
    level = tables.Column(verbose_name=gettext_lazy("Level"))
    people_count = tables.Column(verbose_name=gettext_lazy("People today"))
    agency_count = tables.Column(verbose_name=gettext_lazy("Bodies"))
    legal_basis = tables.Column(verbose_name=gettext_lazy("Decision"), orderable=False)
    valid_to = DayColumn(verbose_name=gettext_lazy("To"))

    class Meta:
        model = Network
        fields = [
            "name",
            "kind",
            "keeper",
            "level",
            "people_count",
            "agency_count",
            "legal_basis",
            "valid_to",
        ]
        order_by = "name"
        empty_text = gettext_lazy("No network fits. A focal point or head adds the one of their agency.")


class MemberTable(tables.Table):
    """A person in few columns on the page; the sheet has one for each fact, under the headings of the import."""

    _words = queries.MEMBER_COLUMNS
    code = tables.Column(verbose_name=_words["code"])
    name = tables.Column(verbose_name=_words["name"], order_by=("sort_name", "pk"))
    title = tables.Column(verbose_name=_words["title"], visible=False)
    agency = tables.Column(verbose_name=_words["agency"], order_by=("agency__sort_name",))
    contact = tables.Column(
        verbose_name=gettext_lazy("Contact"),
        accessor="pk",
        orderable=False,
        exclude_from_export=True,
    )
    phone = tables.Column(verbose_name=_words["phone"], visible=False)
    email = tables.Column(verbose_name=_words["email"], visible=False)
    account = tables.Column(verbose_name=_words["account"], accessor="account__username", visible=False)
    belongs = tables.Column(
        verbose_name=gettext_lazy("Belongs"),
        accessor="pk",
        order_by=("valid_from", "valid_to"),
        exclude_from_export=True,
    )
    valid_from = DayColumn(verbose_name=_words["valid_from"], visible=False)
    valid_to = DayColumn(verbose_name=_words["valid_to"], visible=False)
    note = tables.Column(verbose_name=_words["note"], visible=False)

    class Meta:
        model = NetworkMember
        fields = [
            "code", "name", "title", "agency", "contact", "phone", "email", "account", "belongs", "valid_from",
            "valid_to", "note",
        ]  # fmt: skip
        order_by = "name"
        empty_text = gettext_lazy("Nobody fits. Look at another day, add a person, or import a list.")

    def render_name(self, record: NetworkMember) -> SafeString:
        return format_html('{}<br><span class="muted small">{}</span>', self.name_of(record), record.title)

    def value_name(self, record: NetworkMember) -> str:
        return record.name

    def name_of(self, record: NetworkMember) -> str:
        return record.name

    def render_contact(self, record: NetworkMember) -> SafeString:
        told = ((way,) for way in self.ways_to(record) if way)
        return format_html_join(_BREAK, "{}", told) or SafeString("–")

    def ways_to(self, record: NetworkMember) -> tuple[str, str]:
        return record.phone, record.email

    def render_belongs(self, record: NetworkMember) -> str:
        first, last = day(record.valid_from), day(record.valid_to)
        return f"{first or '…'} – {last or '…'}" if first or last else _("without limit")


class KeptMemberTable(MemberTable):
    """For who keeps the network: each name leads to its row."""

    def name_of(self, record: NetworkMember) -> SafeString:
        url = reverse("directory:network_member_edit", args=[record.pk])
        return format_html('<a href="{}">{}</a>', url, record.name)


class MaskedMemberTable(MemberTable):
    """For everybody else: names and bodies, no way to reach the person."""

    class Meta(MemberTable.Meta):
        exclude = ["account", "note"]

    def ways_to(self, record: NetworkMember) -> tuple[str, str]:
        return queries.masked_phone(record.phone), queries.masked_email(record.email)

    def value_phone(self, value: str) -> str:
        return queries.masked_phone(value)

    def value_email(self, value: str) -> str:
        return queries.masked_email(value)
