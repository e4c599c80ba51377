from django import template
from django.utils.safestring import SafeString

from loa.core.templatetags.ui import badge
from loa.documents.queries import STATUS_LABELS, STATUS_TONES

register = template.Library()


@register.simple_tag
def status_badge(code: str) -> SafeString:
    """Whether a legal document is in force, as a word and a colour."""
    return badge(STATUS_LABELS[code], STATUS_TONES[code])
