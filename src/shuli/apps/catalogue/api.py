"""REST for the register: which processes there are, their forms, who may start them."""

from typing import Any

import msgspec
from django.http import Http404, HttpRequest
from ninja import Router, Schema

from shuli.apps.catalogue import presentation, queries
from shuli.apps.catalogue.publication.api import router as publication
from shuli.apps.catalogue.register.api import router as register
from shuli.apps.catalogue.register.rules_api import router as rules
from shuli.apps.catalogue.studio.api import router as studio
from shuli.kit.rest import FAILURES

router = Router(tags=["processes"])
router.add_router("", studio)
router.add_router("", publication)
router.add_router("", register)
router.add_router("", rules)


class ProcessOut(Schema):
    key: str
    name: str
    goal: str
    category: str
    level: str
    version: str | None
    may_start: bool
    start_form: str | None


class ProcessWhole(ProcessOut):
    forms: dict[str, Any]


def _out(row: dict[str, Any]) -> dict[str, Any]:
    process, version = row["process"], row["version"]
    form = queries.start_form(process.key) if version else None
    return {
        "key": process.key,
        "name": row["name"],
        "goal": row["goal"],
        "category": process.category,
        "level": process.level,
        "version": version.number if version else None,
        "may_start": row["may_start"],
        "start_form": form.key if form else None,
    }


@router.get("/processes", response={200: list[ProcessOut], **FAILURES}, summary="The process register")
def processes(request: HttpRequest) -> list[ProcessOut]:
    return [ProcessOut(**_out(row)) for row in presentation.register_rows(request.user.get_username())]


@router.get(
    "/processes/{key}", response={200: ProcessWhole, **FAILURES}, summary="One process with its forms"
)
def process(request: HttpRequest, key: str) -> ProcessWhole:
    rows = presentation.register_rows(request.user.get_username())
    row = next((row for row in rows if row["process"].key == key), None)
    if row is None:
        raise Http404
    version = row["version"]
    forms = msgspec.to_builtins(queries.forms(version.pk)) if version else {}
    return ProcessWhole(**_out(row), forms=forms)
