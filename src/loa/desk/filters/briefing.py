from __future__ import annotations

import django_filters
from django.utils.translation import gettext_lazy as _

from loa.desk.models import BriefingPack
from loa.desk.states import BRIEFING_STATES


class BriefingFilter(django_filters.FilterSet):
    state = django_filters.ChoiceFilter(
        label=_("State"), empty_label=_("All"), choices=list(BRIEFING_STATES.items())
    )

    class Meta:
        model = BriefingPack
        fields = ()
