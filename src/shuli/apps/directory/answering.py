"""What a page does with the answer of an operation."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from shuli.kit.errors import Denied, Refusal, sentence


def tell(request: HttpRequest, answer: object, done: str, url: str) -> HttpResponse:
    """Say on the next page that it is done, or why it is not; nobody without the right sees that page."""
    if isinstance(answer, Denied) or (isinstance(answer, Refusal) and answer.status == 404):
        raise answer
    if isinstance(answer, Refusal):
        messages.error(request, sentence(answer))
    else:
        messages.success(request, done)
    return redirect(url)


def put_on(form: forms.Form, answer: object) -> bool:
    """Return whether it is done; else put the refusal on top of the form, which comes back filled."""
    if isinstance(answer, Denied):
        raise answer
    if isinstance(answer, Refusal):
        form.add_error(None, sentence(answer))
    return not isinstance(answer, Refusal)


def tell_errors(request: HttpRequest, form: forms.Form, url: str) -> HttpResponse:
    """Say on the next page what a short form lacks, field by field."""
    for name, errors in form.errors.items():
        label = form.fields[name].label if name in form.fields else ""
        messages.error(request, " ".join(str(part) for part in (label, *errors) if part))
    return redirect(url)
