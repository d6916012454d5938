"""The kit's addresses and the sign-in pages alone, so that these tests need no app."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import include, path

PEOPLE = [("limin", "客服部 李敏"), ("chenjing", "产品部 陈静"), ("sunli", "产品部 孙立")]


def find_people(request: HttpRequest) -> HttpResponse:
    words = request.GET["q"]
    return JsonResponse(
        [{"value": value, "label": label} for value, label in PEOPLE if words in label], safe=False
    )


def elsewhere(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("<!doctype html><h1>Elsewhere</h1>")


urlpatterns = [
    path("elsewhere/", elsewhere, name="elsewhere"),
    path("", include("shuli.kit.urls")),
    path("accounts/", include("allauth.account.urls")),
    path("people/", find_people, name="find_people"),
]
