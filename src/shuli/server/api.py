"""REST: every app's endpoints under /api/v1."""

from importlib import import_module
from importlib.util import find_spec

from django.conf import settings

from shuli import __version__
from shuli.kit.rest import new_api

api = new_api(
    version=__version__,
    title="Shuli",
    description="Everything that the pages do, for programs. Every write takes an Idempotency-Key.",
)

for name in settings.INSTALLED_APPS:
    if name.startswith("shuli.apps.") and find_spec(f"{name}.api"):
        api.add_router("", import_module(f"{name}.api").router)
