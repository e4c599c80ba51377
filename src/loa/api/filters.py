from __future__ import annotations

import django_filters
from django.utils.translation import gettext_lazy as _

from loa.api.models import ApiKey, CaseWebhook, WebhookSending
from loa.api.states import SENDING_STATES
from loa.directory.models import Agency

_YES_NO = [("", _("All")), ("yes", _("Yes")), ("no", _("No"))]


class KeyFilter(django_filters.FilterSet):
    name = django_filters.CharFilter(lookup_expr="icontains", label=_("System"))
    agency = django_filters.ModelChoiceFilter(queryset=Agency.objects.all(), label=_("Agency"))
    revoked = django_filters.TypedChoiceFilter(
        field_name="revoked_at",
        lookup_expr="isnull",
        exclude=True,
        choices=_YES_NO,
        coerce=lambda value: value == "yes",
        label=_("Revoked"),
    )

    class Meta:
        model = ApiKey
        fields: list[str] = []


class WebhookFilter(django_filters.FilterSet):
    url = django_filters.CharFilter(lookup_expr="icontains", label=_("Address"))
    is_active = django_filters.TypedChoiceFilter(
        choices=_YES_NO, coerce=lambda value: value == "yes", label=_("In use")
    )

    class Meta:
        model = CaseWebhook
        fields: list[str] = []


class SendingFilter(django_filters.FilterSet):
    case = django_filters.CharFilter(field_name="case__code", lookup_expr="icontains", label=_("Case"))
    state = django_filters.ChoiceFilter(choices=list(SENDING_STATES.items()), label=_("State"))
    event = django_filters.ChoiceFilter(choices=CaseWebhook.Event.choices, label=_("What"))

    class Meta:
        model = WebhookSending
        fields: list[str] = []
