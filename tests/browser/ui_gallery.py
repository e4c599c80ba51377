"""Pages that show every component once, for the tests that look at them."""

from datetime import UTC, date, datetime

import django_filters
import django_tables2 as tables
from django import forms
from django.contrib.auth.decorators import login_required
from django.urls import include, path

from loa.config import urls as site
from loa.core.history import Line
from loa.core.lists import FoldedSearch, list_page
from loa.core.pages import page
from loa.core.workflow import OpenStep, Step
from loa.directory.models import Agency

PASSWORD = "mat-khau-dai-1"
MENU = [
    {"label": label, "url": f"/gallery/{name}/", "icon": name, "current": name == "task"}
    for name, label in (
        ("inbox", "My work"),
        ("task", "Plans"),
        ("report", "Reports"),
        ("document", "Documents"),
        ("directory", "Directory"),
        ("admin", "Administration"),
    )
]


def shell(request):
    """Stands in for the desk's own menu."""
    return {"menu": MENU, "unread_count": 3} if request.user.is_authenticated else {}


class AgencyTable(tables.Table):
    name = tables.Column(linkify=lambda record: f"/gallery/agency/{record.pk}/")
    due = tables.TemplateColumn(
        "{% due_badge day %}", extra_context={"day": date(2019, 6, 10)}, orderable=False
    )
    state = tables.TemplateColumn('{% badge "In progress" "run" %}', orderable=False)

    class Meta:
        model = Agency
        fields = ("name", "kind", "level", "due", "state", "place")
        attrs = {"td": {"class": ""}}


class AgencyFilter(django_filters.FilterSet):
    q = FoldedSearch(field_name="search_name", label="Search")
    kind = django_filters.ChoiceFilter(choices=Agency.Kind)
    level = django_filters.ChoiceFilter(choices=Agency.Level)

    class Meta:
        model = Agency
        fields = ("q", "kind", "level")


class SampleForm(forms.Form):
    title = forms.CharField(help_text="As printed in the plan.")
    due_on = forms.DateField(label="Due on")
    kind = forms.ChoiceField(choices=[("a", "Conference"), ("b", "Contest")])
    ways = forms.MultipleChoiceField(
        choices=[("radio", "Radio"), ("press", "Press")], widget=forms.CheckboxSelectMultiple, required=False
    )
    size = forms.ChoiceField(choices=[("s", "Small"), ("l", "Large")], widget=forms.RadioSelect)
    note = forms.CharField(widget=forms.Textarea, required=False)
    file = forms.FileField(required=False)
    agree = forms.BooleanField(label="I have read the plan")


def agencies(request):
    return list_page(
        request,
        "gallery/list.html",
        rows=Agency.objects.all(),
        table_class=AgencyTable,
        filter_class=AgencyFilter,
        export_name="agencies",
    )


def lines():
    at = datetime(2019, 6, 3, 2, 5, tzinfo=UTC)
    return [
        Line(
            "Accept the result",
            "Cán bộ Văn phòng",
            "Văn phòng UBND thành phố",
            at,
            "",
            "Submitted",
            "Done",
            "done",
        ),
        Line(
            "Return",
            "Cán bộ Văn phòng",
            "Văn phòng UBND thành phố",
            at,
            "Thiếu ảnh.",
            "Submitted",
            "Returned",
            "returned",
        ),
        Line("Submit", "Giám đốc Sở Nội vụ", "Sở Nội vụ", at, "", "With the head", "Submitted", "submitted"),
        Line("Assigned the task", "The import", "", at, "", "", "", ""),
    ]


STEPS = [
    Step("submit", ("a",), "a", "x", "Approve and submit", tone="main"),
    Step("return", ("a",), "a", "x", "Return", tone="danger"),
    OpenStep(Step("close", ("a",), "a", "x", "Close"), why_not="Not possible while the state is “Draft”."),
]


@login_required
def components(request):
    form = SampleForm(request.POST or None)
    context = {
        "form": form,
        "menu": MENU,
        "unread_count": 3,
        "lines": lines(),
        "steps": STEPS,
        "day": date(2019, 6, 3),
    }
    return page(request, "gallery/components.html", context)


def public(request):
    return page(request, "gallery/public.html", {"form": SampleForm()})


def refused(request):
    return page(request, "ui/403.html", {"reason": ""}, status=403)


urlpatterns = [
    path("gallery/list/", agencies),
    path("gallery/components/", components),
    path("gallery/public/", public),
    path("gallery/refused/", refused),
    path("gallery/step/<int:pk>/<str:step>/", components, name="gallery_step"),
    path("", include(site.urlpatterns)),
]
handler403, handler404, handler500 = site.handler403, site.handler404, site.handler500
