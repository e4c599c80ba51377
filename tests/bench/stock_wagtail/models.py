"""A site as Wagtail's own guide builds it: the peer of the portal's article."""

from django.db import models
from wagtail import blocks
from wagtail.fields import StreamField
from wagtail.models import Page


class ArticlePage(Page):
    intro = models.TextField()
    body = StreamField([("text", blocks.RichTextBlock()), ("heading", blocks.CharBlock())])

    template = "stock_wagtail/article.html"

    class Meta:
        app_label = "stock_wagtail"

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["menu"] = self.get_ancestors()[1].get_children().live().in_menu()
        context["crumbs"] = self.get_ancestors()[1:]
        context["related"] = ArticlePage.objects.live().sibling_of(self, inclusive=False)[:3]
        return context
