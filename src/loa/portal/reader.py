"""What a page gives a reader in the language of the reading, and what it says of itself to machines."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language
from wagtail.models import Page


def reads_english() -> bool:
    return (get_language() or "").startswith("en")


@dataclass(frozen=True, slots=True)
class Given:
    """Title and body in one language: English only where somebody wrote it."""

    title: str
    body: Any
    is_english: bool = False
    is_foreign: bool = False  # the reader reads English, the page is Vietnamese


def english_title_of(page: Any) -> str:
    """Of a page of its own kind, or of a plain page whose kind was fetched along."""
    kinds = [page]
    if type(page) is Page:
        kinds += [getattr(page, "column", None), getattr(page, "landingpage", None)]
    names = (getattr(kind, name, "") for kind in kinds for name in ("english_title", "english_name"))
    return next(filter(None, names), "")


def title_for(page: Any) -> str:
    return (english_title_of(page) if reads_english() else "") or page.title


def crumb(page: Any, url: str) -> dict[str, str]:
    is_foreign = reads_english() and not english_title_of(page)
    return {"label": title_for(page), "url": url, "lang": "vi" if is_foreign else ""}


def given_by(page: Any) -> Given:
    english_body = getattr(page, "english_body", None)
    if not reads_english():
        return Given(page.title, getattr(page, "body", None))
    if english_body:
        return Given(title_for(page), english_body, is_english=True)
    return Given(title_for(page), getattr(page, "body", None), is_foreign=True)


@dataclass(slots=True)
class PageHead:
    """What stands in the head of a page."""

    title: str
    description: str
    url: str
    picture_url: str
    picture_alt: str
    kind: str = "website"
    locale: str = "vi_VN"
    published_at: str = ""
    modified_at: str = ""
    structured: list[dict[str, Any]] = field(default_factory=list)


def iso(moment: datetime | None) -> str:
    return timezone.localtime(moment).isoformat(timespec="seconds") if moment else ""


def breadcrumb_data(crumbs: list[tuple[str, str]]) -> dict[str, Any]:
    """schema.org BreadcrumbList from (label, absolute address)."""
    items = [
        {"@type": "ListItem", "position": number, "name": str(label), "item": url}
        for number, (label, url) in enumerate(crumbs, 1)
    ]
    return {"@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": items}


def organisation(name: str, url: str) -> dict[str, Any]:
    return {"@type": "GovernmentOrganization", "name": name, "url": url}


def story_data(story: Any, head: PageHead, publisher: dict[str, Any]) -> dict[str, Any]:
    """schema.org NewsArticle."""
    author = {"@type": "Person", "name": story.byline} if story.byline else None
    if author is None and story.agency:
        author = {"@type": "GovernmentOrganization", "name": story.agency.name}
    return {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": story.title[:110],
        "description": story.lead,
        "inLanguage": "vi",
        "datePublished": head.published_at,
        "dateModified": head.modified_at,
        "image": [head.picture_url],
        "mainEntityOfPage": head.url,
        "author": author or publisher,
        "publisher": publisher,
    }


def event_data(event: Any, head: PageHead, publisher: dict[str, Any]) -> dict[str, Any]:
    """schema.org Event."""
    organiser = {"@type": "GovernmentOrganization", "name": event.organiser.name} if event.organiser else None
    return {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": event.title,
        "description": event.lead,
        "inLanguage": "vi",
        "startDate": iso(event.starts_at),
        **({"endDate": iso(event.ends_at)} if event.ends_at else {}),
        "location": {"@type": "Place", "name": event.place, "address": event.place},
        "image": [head.picture_url],
        "url": head.url,
        "organizer": organiser or publisher,
    }
