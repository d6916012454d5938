"""REST for cases and tasks."""

from ninja import Router

from shuli.apps.cases.api import cases, tasks

router = Router()
for part in (cases, tasks):
    router.add_router("", part.router)

__all__ = ["router"]
