"""A city's site with two component sites, each with a column and people of each role."""

from types import SimpleNamespace

import pytest
from django.contrib.contenttypes.models import ContentType
from wagtail.models import Collection, Locale, Page, Site
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from factories import make_agency, make_user
from loa.portal.models import AgencySite, CityHome, Column, Story

BODY = [{"type": "text", "value": "<p>Một cửa điện tử giảm nửa thời gian.</p>"}]


def make_city_home(agency=None, *, title="Thành phố"):
    """The root of the tree, the city's site below it, and the host that shows it."""
    Locale.objects.get_or_create(language_code="vi")  # a flushed database has lost what the migrations made
    Collection.get_first_root_node() or Collection.add_root(name="Root")
    root = Page.objects.filter(depth=1).first() or Page.add_root(
        instance=Page(title="Root", slug="root", content_type=ContentType.objects.get_for_model(Page))
    )
    for stock in root.get_children().not_exact_type(CityHome):
        stock.delete()
    home = CityHome(title=title, slug="thanh-pho", agency=agency or make_agency("UBND thành phố"))
    Page.objects.get(pk=root.pk).add_child(instance=home)
    Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "localhost", "root_page": home, "site_name": title}
    )
    return home


def make_agency_site(home, agency, *, slug=""):
    site = AgencySite(title=agency.name, slug=slug or agency.code, agency=agency)
    Page.objects.get(pk=home.pk).add_child(instance=site)
    return site


def make_column(parent, title="Điểm sáng", **fields):
    column = Column(title=title, **fields)
    Page.objects.get(pk=parent.pk).add_child(instance=column)
    return column


def make_story(column, title="Một cửa", *, live=False, owner=None, by=None, **fields):
    """A story with a revision, as one saved in the editor."""
    fields.setdefault("lead", "Giảm nửa thời gian.")
    fields.setdefault("body", BODY)
    story = Story(title=title, live=live, owner=owner, **fields)
    Page.objects.get(pk=column.pk).add_child(instance=story)
    revision = story.save_revision(user=by or owner)
    if live:
        revision.publish()
    return Story.objects.get(pk=story.pk)


def make_desk(home_or_site):
    """A contributor, an editor, an approver, a head, a clerk of the site's agency."""
    agency = home_or_site.agency
    return SimpleNamespace(
        contributor=make_user(agency, "contributor"),
        editor=make_user(agency, "editor"),
        approver=make_user(agency, "approver"),
        head=make_user(agency, "head"),
        clerk=make_user(agency, "clerk"),
    )


def make_scene():
    home = make_city_home()
    first = make_agency_site(home, make_agency("Sở Một"), slug="so-mot")
    second = make_agency_site(home, make_agency("Sở Hai"), slug="so-hai")
    return SimpleNamespace(
        home=home,
        first=first,
        second=second,
        city_column=make_column(home, "Tin thành phố"),
        column=make_column(first),
        other_column=make_column(second),
        city=make_desk(home),
        desk=make_desk(first),
        others=make_desk(second),
    )


@pytest.fixture
def newsroom(db):
    return make_scene()


def edited(story, *, works=(), works_rows=None, corrections=(), **changes):
    """What the editor of Wagtail sends for a story."""
    data = {
        "title": story.title,
        "slug": story.slug,
        "kind": story.kind,
        "lead": story.lead,
        "body": streamfield([("text", rich_text("<p>Một cửa điện tử giảm nửa thời gian.</p>"))]),
        "picture": "",
        "works": works_rows or inline_formset([{"assignment": work.pk} for work in works]),
        "corrections": inline_formset([{"on": "2019-06-03", "text": text} for text in corrections]),
        "comments": inline_formset([]),
        **changes,
    }
    return nested_form_data(data)
