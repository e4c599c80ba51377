"""Who may, in events. Predicates compare ids of the hat that is worn; none asks the database per row."""

import rules

ORGANISERS = ("officer", "focal_point", "head")
MANAGERS = ("focal_point", "head")


def _wears(user, agency_id, *roles: str) -> bool:
    return bool(
        user.hat and agency_id is not None and user.hat.agency.pk == agency_id and user.hat.holds(*roles)
    )


@rules.predicate
def organises_events(user) -> bool:
    return bool(user.hat and user.hat.holds(*ORGANISERS))


@rules.predicate
def organises_event(user, event) -> bool:
    return bool(event and _wears(user, event.agency_id, *ORGANISERS))


@rules.predicate
def approves_event(user, event) -> bool:
    """Four eyes: a head of the organiser, but nobody who wrote it or handed it in."""
    return bool(event and user.pk not in event.writer_ids and _wears(user, event.agency_id, "head"))


@rules.predicate
def heads_organiser(user, event) -> bool:
    return bool(event and _wears(user, event.agency_id, "head"))


@rules.predicate
def manages_series(user, series) -> bool:
    return bool(series and _wears(user, series.agency_id, *MANAGERS))


@rules.predicate
def manages_events(user) -> bool:
    return bool(user.hat and user.hat.holds(*MANAGERS))


@rules.predicate
def organises_for_invitation(user, invitation) -> bool:
    return bool(invitation and organises_event(user, invitation.event))


@rules.predicate
def answers_invitation(user, invitation) -> bool:
    """Those who speak for the invited body."""
    return bool(invitation and _wears(user, invitation.agency_id, *MANAGERS))


@rules.predicate
def sits_on_panel(user, place) -> bool:
    return bool(place and _wears(user, place.agency_id, *MANAGERS))


@rules.predicate
def organises_for_registration(user, registration) -> bool:
    return bool(registration and organises_event(user, registration.event))


@rules.predicate
def nominated_registration(user, registration) -> bool:
    """Whoever gave the name: the invited body, in the invitation's name."""
    return bool(
        registration and registration.invitation_id and answers_invitation(user, registration.invitation)
    )


@rules.predicate
def writes_paper(user, paper) -> bool:
    return bool(paper and organises_event(user, paper.event))


@rules.predicate
def issues_paper(user, paper) -> bool:
    """Four eyes: nobody signs what they wrote or handed in."""
    return bool(paper and user.pk not in paper.writer_ids and heads_organiser(user, paper.event))


@rules.predicate
def heads_paper(user, paper) -> bool:
    return bool(paper and heads_organiser(user, paper.event))


rules.add_perm("events.add_event", organises_events)
rules.add_perm("events.change_event", organises_event)
rules.add_perm("events.approve_event", approves_event)
rules.add_perm("events.return_event", heads_organiser)
rules.add_perm("events.add_series", manages_events)
rules.add_perm("events.change_series", manages_series)
rules.add_perm("events.change_invitation", organises_for_invitation)
rules.add_perm("events.answer_invitation", answers_invitation)
rules.add_perm("events.confirm_panel", sits_on_panel)
rules.add_perm("events.change_registration", organises_for_registration)
rules.add_perm("events.replace_nominee", nominated_registration | organises_for_registration)
rules.add_perm("events.cancel_registration", nominated_registration | organises_for_registration)
rules.add_perm("events.write_paper", writes_paper)
rules.add_perm("events.issue_paper", issues_paper)
rules.add_perm("events.return_paper", heads_paper)
