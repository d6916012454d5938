"""REST for cases and tasks."""

from ninja import Router

from shuli.apps.cases.api import bulk, cases, jumps, outside, parts, tasks

router = Router()
# cases/bulk before cases/{number}, which would take it for a number.
for part in (bulk, cases, jumps, outside, parts, tasks):
    router.add_router("", part.router)

__all__ = ["router"]
