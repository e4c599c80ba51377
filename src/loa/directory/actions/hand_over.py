"""What a reorganisation changes in the directory itself: bodies, names, people, groups, delegations."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from loa.core import clock, history
from loa.core.handover import Moved
from loa.core.workflow import FlowError
from loa.directory.models import (
    Agency,
    AgencyName,
    Delegation,
    GroupMember,
    Membership,
    Reorganisation,
    ReorganisationDecision,
    Succession,
    User,
    in_force,
)

ONE_DAY = timedelta(days=1)
BODY, NAME, PARENT = _("Body"), _("Name"), _("Body below")
PERSON, GROUP, DELEGATION = _("Role of a person"), _("Member of a group"), _("Delegation")


def end_body(agency: Agency, *, on: date, decision: str, by: User | None) -> Moved:
    """Its last day is the one before; said already is said."""
    last = on - ONE_DAY
    if agency.valid_to is None or agency.valid_to > last:
        agency.valid_to = last
        agency.save(update_fields=["valid_to"])
        _record(agency, "agency.end", by=by, note=decision, data={"valid_to": last.isoformat()})
    elif agency.valid_to < last:
        why_not = _("It had ended before this day.")
        return Moved(BODY, agency.name, _url(agency), why_not=why_not)
    return Moved(BODY, agency.name, _url(agency), how="ended")


def begin_body(agency: Agency, *, on: date, decision: str, by: User | None) -> list[Moved]:
    """A successor that exists from this day; one that was there before is not news."""
    if agency.valid_from == on:
        _record(agency, "agency.begin", by=by, note=decision, data={"valid_from": on.isoformat()})
        return [Moved(BODY, agency.name, _url(agency), how="begun")]
    return []


def why_no_heir(agency: Agency, on: date) -> Any:
    """Why a body cannot carry on another one on that day; "" where it can."""
    if agency.valid_to is not None and agency.valid_to < on:
        return _("The successor has ended before this day.")
    if agency.valid_from is not None and agency.valid_from > on:
        return _("The successor does not exist yet on this day.")
    return ""


def rename_body(agency: Agency, *, name: str, on: date, decision: str, by: User | None) -> Moved:
    """From the day it is called otherwise; the old name keeps its dates, and papers of that time keep it."""
    if agency.name == name:
        return Moved(NAME, name, _url(agency), why_not=_("This is its name already."))
    earlier = AgencyName.objects.filter(agency=agency, kind=AgencyName.Kind.OFFICIAL, valid_to__isnull=False)
    last = earlier.order_by("-valid_to").values_list("valid_to", flat=True).first()
    begins = last + ONE_DAY if last else agency.valid_from
    if begins and begins > on - ONE_DAY:
        why_not = _("It was named later than this day.")
        return Moved(NAME, agency.name, _url(agency), why_not=why_not)
    old = agency.name
    AgencyName.objects.create(
        agency=agency,
        kind=AgencyName.Kind.OFFICIAL,
        name=old,
        valid_from=begins,
        valid_to=on - ONE_DAY,
    )
    agency.name = name
    agency.save()
    data = {"from_name": old, "to_name": name, "on": on.isoformat()}
    _record(agency, "agency.rename", by=by, note=decision, data=data)
    return Moved(NAME, f"{old} → {name}", _url(agency))


def carry_on(
    predecessor: Agency,
    successor: Agency,
    decision: ReorganisationDecision,
    *,
    is_default: bool,
    by: User | None,
) -> None:
    """From now on the successor's people reach the history of the body, and of those it carried on itself."""
    earlier = Succession.objects.filter(successor=predecessor)
    rows = {predecessor.pk: is_default} | {
        row.predecessor_id: row.is_default and is_default for row in earlier
    }
    rows.pop(successor.pk, None)
    for key, answers in rows.items():
        Succession.objects.get_or_create(
            predecessor_id=key,
            successor=successor,
            defaults={"decision": decision, "on": decision.on, "is_default": answers},
        )
    data = {"from_agency": predecessor.code, "from_name": predecessor.name, "on": decision.on.isoformat()}
    _record(successor, "agency.carry_on", by=by, note=decision.number, data=data)


def hand_over_children(
    predecessor: Agency, successor: Agency | None, *, on: date, decision: str, by: User | None
) -> list[Moved]:
    """Bodies below one that ends stand under its successor."""
    there = Q(valid_to__isnull=True) | Q(valid_to__gte=on)
    found = []
    for child in predecessor.children.filter(there).order_by("sort_name"):
        if successor is None:
            why_not = _("The body above it ends without a successor.")
            found.append(Moved(PARENT, child.name, _url(child), why_not=why_not))
        elif child.pk != successor.pk:
            child.parent = successor
            child.save(update_fields=["parent"])
            data = {"from_agency": predecessor.code, "to_agency": successor.code}
            _record(child, "agency.new_parent", by=by, note=decision, data=data)
            found.append(Moved(PARENT, child.name, _url(child)))
    return found


def hand_over_people(
    act: Reorganisation,
    predecessor: Agency,
    heirs: dict[str, Agency],
    *,
    ends: bool,
    on: date,
    decision: str,
    by: User | None,
) -> list[tuple[Moved, Agency | None, User]]:
    """Roles end the day before and begin anew in the successor: what happens, where each goes, whose it is.

    Who is not named in the act goes to the default successor in the same role, or stays where the body stays.
    """
    default = act.heir if ends else predecessor
    there = Q(valid_to__isnull=True) | Q(valid_to__gte=on)
    rows = predecessor.memberships.filter(there).select_related("user", "agency").order_by("pk")
    found = []
    for membership in rows:
        told = act.people.get(str(membership.pk))
        stays = bool(told) and told["agency"] == predecessor.code
        target = (predecessor if stays else heirs.get(told["agency"])) if told else default
        role = told["role"] if told else membership.role
        if target is not None and target.pk == predecessor.pk:
            continue
        moved = _move_person(membership, target, role, on=on, decision=decision, by=by)
        found.append((moved, target, membership.user))
    return found


def _move_person(
    membership: Membership, target: Agency | None, role: str, *, on: date, decision: str, by: User | None
) -> Moved:
    user, first = membership.user, membership.valid_from
    until = membership.valid_to
    if first < on:
        membership.valid_to = on - ONE_DAY
        membership.save(update_fields=["valid_to"])
    else:  # it would have begun later, in a body that is no longer there
        membership.delete()
    url = reverse("directory:user_detail", args=[user.pk])
    note = Membership.Role(role).label
    data = {"agency": membership.agency.code, "role": membership.role, "until": (on - ONE_DAY).isoformat()}
    if target is None:
        _record(user, "user.change_role", by=by, note=decision, data=data)
        return Moved(PERSON, user.full_name, url, how="ended", note=note)
    same = Membership.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on), user=user, agency=target)
    title = membership.title if role == membership.role else ""
    if same.filter(role=role).exists():
        _record(user, "user.change_role", by=by, note=decision, data=data)
        return Moved(PERSON, user.full_name, url, how="merged", note=note)
    Membership.objects.create(
        user=user, agency=target, role=role, title=title, valid_from=max(on, first), valid_to=until
    )
    _record(user, "user.add_role", by=by, note=decision, data={**data, "agency": target.code, "role": role})
    return Moved(PERSON, user.full_name, url, note=note)


def hand_over_groups(
    predecessor: Agency, heirs: list[Agency], *, on: date, decision: str, by: User | None
) -> list[tuple[Moved, Agency | None]]:
    """A body that ends leaves its groups, its successors join them."""
    there = Q(valid_to__isnull=True) | Q(valid_to__gte=on)
    rows = GroupMember.objects.filter(there, agency=predecessor).select_related("group").order_by("pk")
    found: list[tuple[Moved, Agency | None]] = []
    for member in rows:
        label, url = member.group.name, reverse("directory:group_detail", args=[member.group_id])
        if member.valid_from and member.valid_from >= on:
            member.delete()
        else:
            member.valid_to = on - ONE_DAY
            member.save(update_fields=["valid_to"])
        data = {"agency": predecessor.code, "valid_to": (on - ONE_DAY).isoformat()}
        _record(member.group, "group.change_member", by=by, note=decision, data=data)
        found.append((Moved(GROUP, label, url, how="ended"), None))
        for heir in heirs:
            if GroupMember.objects.filter(there, group=member.group_id, agency=heir).exists():
                continue
            GroupMember.objects.create(group=member.group, agency=heir, valid_from=on)
            data = {"agency": heir.code, "valid_from": on.isoformat()}
            _record(member.group, "group.add_member", by=by, note=decision, data=data)
            found.append((Moved(GROUP, label, url, how="begun"), heir))
    return found


def end_delegations(predecessor: Agency, *, on: date, decision: str, by: User | None) -> list[Moved]:
    """Nobody decides any more in the place of a head whose body has ended."""
    rows = Delegation.objects.filter(agency=predecessor, ends_on__gte=on, withdrawn_at__isnull=True)
    found = []
    for delegation in rows.select_related("giver", "receiver").order_by("pk"):
        Delegation.objects.filter(pk=delegation.pk).update(withdrawn_at=clock.now())
        _record(delegation, "delegation.withdraw", by=by, note=decision)
        label = f"{delegation.giver} → {delegation.receiver}"
        found.append(Moved(DELEGATION, label, reverse("directory:delegation_list"), how="ended"))
    return found


def require_administrator(on: date) -> None:
    """Raises FlowError where nobody would be administrator on a day."""
    held = Membership.objects.filter(in_force(on), role=Membership.Role.ADMINISTRATOR, user__is_active=True)
    if not held.exists():
        raise FlowError(
            gettext("Nobody would be administrator any more. Give the role to somebody else first.")
        )


def prove_act(act: Reorganisation) -> None:
    """What was only prepared has happened: from now on it is a fact of the directory."""
    Reorganisation.objects.filter(pk=act.pk).update(is_proven=True, mark=act.mark or "V")
    act.is_proven = True


def _record(
    obj: Any, action: str, *, by: User | None, note: str = "", data: dict[str, Any] | None = None
) -> None:
    history.record(obj, action, by=by, actor="" if by else "clock", note=note, data=data)


def _url(agency: Agency) -> str:
    return reverse("directory:agency_detail", args=[agency.pk])
