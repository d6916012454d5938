"""What surrounds every request, tried through the whole program."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from shuli.kit import clock, limits
from shuli.kit.middleware import RequestClock, RequestSize


def test_every_answer_has_its_number_and_headers(client):
    response = client.get("/livez")

    assert len(response["X-Request-ID"]) == 12
    assert "default-src 'self'" in response["Content-Security-Policy"]
    assert "unsafe" not in response["Content-Security-Policy"]
    assert response["X-Frame-Options"] == "DENY"
    assert response["Referrer-Policy"] == "same-origin"
    assert "camera=()" in response["Permissions-Policy"]
    assert response["X-Content-Type-Options"] == "nosniff"


def test_failure_pages_have_the_headers_too(client):
    response = client.get("/no/such/page")

    assert response.status_code == 404
    assert "default-src 'self'" in response["Content-Security-Policy"]
    assert response["X-Request-ID"] in response.content.decode()


def test_a_request_that_is_too_large_is_refused_unread():
    seen = []
    middleware = RequestSize(seen.append)
    request = RequestFactory().post("/", b"", content_type="text/plain")
    request.META["CONTENT_LENGTH"] = str(limits.REQUEST_BYTES + 1)

    assert middleware(request).status_code == 413
    assert seen == []


@pytest.mark.django_db
def test_a_request_sees_one_time_offset(django_assert_num_queries):
    clock.advance(hours=1)
    offsets = []

    def view(_request):
        offsets.extend([clock.offset(), clock.offset()])
        return HttpResponse()

    with django_assert_num_queries(1):
        RequestClock(view)(RequestFactory().get("/"))

    assert offsets[0] == offsets[1]
