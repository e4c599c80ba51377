import pytest
from django import forms

from loa.core.acting import attempt
from loa.core.workflow import FlowError


class NoteForm(forms.Form):
    note = forms.CharField()


@pytest.fixture
def sent(rf):
    """Ask with a note ("" is none) and an action; gives the status, the form and what the action was given."""

    def send(note, *, refuse="", method="post"):
        seen = []

        def run(given):
            if refuse:
                raise FlowError(refuse)
            seen.append(given)

        request = getattr(rf, method)("/viec/", {"note": note})
        form = NoteForm(request.POST if method == "post" else None)
        return attempt(request, form, run), form, seen

    return send


def test_a_page_that_is_looked_at_runs_nothing(sent):
    status, form, seen = sent("x", method="get")

    assert (status, form.is_bound, seen) == (200, False, [])


def test_a_valid_form_runs_the_action_with_what_was_typed(sent):
    status, _form, seen = sent("đã xong")

    assert (status, seen) == (302, [{"note": "đã xong"}])


def test_an_invalid_form_runs_nothing(sent):
    status, form, seen = sent("")

    assert (status, seen, list(form.errors)) == (422, [], ["note"])


def test_a_refusal_stands_on_the_form_that_keeps_what_was_typed(sent):
    status, form, _seen = sent("đã xong", refuse="Kế hoạch đã đóng.")

    assert (status, form.non_field_errors(), form["note"].value()) == (409, ["Kế hoạch đã đóng."], "đã xong")
