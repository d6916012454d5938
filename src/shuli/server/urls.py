"""All addresses: the server's own, then each app's."""

from importlib.util import find_spec

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from shuli.server import health
from shuli.server.api import api

# The order does not matter: no two apps share a prefix.
APPS = tuple(name for name in settings.INSTALLED_APPS if name.startswith("shuli."))

urlpatterns: list[URLPattern | URLResolver] = [
    path("livez", health.livez, name="livez"),
    path("readyz", health.readyz, name="readyz"),
    path("api/v1/", api.urls),
    path("accounts/", include("allauth.account.urls")),
    *(path("", include(f"{name}.urls")) for name in APPS if find_spec(f"{name}.urls")),
]

handler400 = "shuli.kit.failure_pages.bad_request"
handler403 = "shuli.kit.failure_pages.forbidden"
handler404 = "shuli.kit.failure_pages.not_found"
handler500 = "shuli.kit.failure_pages.failure"
