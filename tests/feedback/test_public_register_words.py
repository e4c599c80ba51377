"""Stars as people of either language read them."""

import pytest
from django.utils import translation

from loa.feedback.templatetags.public_register import mean, stars


@pytest.mark.parametrize(("language", "read"), [("vi", "4,3"), ("en", "4.3")])
def test_a_mean_has_the_mark_of_the_language(language, read):
    with translation.override(language):
        assert (mean(4.3), mean(4), mean(None)) == (read, "4", "–")
        assert read in str(stars(4.3))
