"""The way back from an act about a page: pages have no address of their own in the staff's pages but the editor's."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from wagtail.models import Page


@dataclass(frozen=True, slots=True)
class Back:
    words: str
    url: str

    def __str__(self) -> str:
        return self.words

    def get_absolute_url(self) -> str:
        return self.url


def edit_of(page: Page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])
