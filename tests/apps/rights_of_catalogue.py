"""Who gets what at the addresses of the catalogue: the register, decisions, the studio."""

from apps.rights_lines import BYSTANDER, REASON, REST, Expected, Line, api, get, members, post, writes
from apps.rights_of_register import ENTRIES, PUBLICATION, REST_REGISTER

REGISTER = (
    get("/processes/", members(200)),
    get("/processes/<slug:key>/", members(200)),
    get("/processes/<slug:key>/process.bpmn", members(200)),
    post("/processes/<slug:key>/starts/<str:node>/", members(403, owner=404), {"pause": "on"}),
    post("/processes/<slug:key>/buffer/", members(403, owner=302), {"factor": "1.5"}),
    get("/processes/<slug:key>/description/", members(200)),
    get("/processes/<slug:key>/forms/<slug:form>/", members(200)),
)
TABLE = "/decisions/<slug:key>/"
GRID = {
    "seen": "3", "row-0": "rule-1", "t-0-0": "> 10", "o-0-0": '"head"', "in-0-id": "in-1", "in-0-expression": "amount",
    "in-0-type": "number", "out-0-id": "out-1", "out-0-name": "level", "out-0-type": "string",
}  # fmt: skip


def owners(status: int) -> Expected:
    """What the process owner alone may do with a decision of the process."""
    return members(403, owner=status)


# Whoever owns a process or administers the installation writes expressions.
WRITERS = members(403, owner=200, administrator=200)
DECISIONS = (
    get("/decisions/", members(200)),
    get("/decisions/", members(200), query="?q=level"),
    get("/decisions/new/", WRITERS),
    post("/decisions/new/", owners(302), {"key": "new-one", "name": "新", "process": "P-PURCHASE"}),
    get(TABLE, members(200)),
    get(TABLE + "versions/<int:number>/", members(200)),
    get(TABLE + "decision.dmn", members(200)),
    get(TABLE + "decision.xlsx", members(200)),
    get(TABLE + "edit/", owners(200)),
    post(TABLE + "edit/", owners(302), GRID),
    post(TABLE + "check/", owners(422)),
    post(TABLE + "publish/", owners(302), {"seen": "3", **REASON}),
    get(TABLE + "edition/", owners(404)),
    post(TABLE + "edition/", owners(409), {"do": "keep"}),
    post(TABLE + "discard/", owners(302)),
    post(TABLE + "import/", owners(422)),
    get("/feel/", WRITERS),
    get("/feel/", WRITERS, query="?source=1%2B1"),
    post("/feel/check/", members(403, owner=422, administrator=422)),
    get("/feel/functions.json", members(200)),
    get("/guide/", members(200)),
    get("/guide/<slug:page>/", members(200)),
)


REST_DRAFT = REST + "/drafts/<draft_id>"
NEW_PROCESS = {"key": "P-OURS", "name": "新流程", "owner_post": "owner-complaint"}
SAVED = {"expected_revision": 1}

SUBMITTED = {
    "summary": "少一步",
    "reason": "太慢",
    "front_line": [BYSTANDER],
    "departments": ["tech"],
    "complies": True,
}


def api_owners(status: int, **others: int) -> Expected:
    return api(403, owner=status, **others)


DRAFT = "/drafts/<int:pk>/"
FORM = DRAFT + "forms/<slug:form>/"
STUDIO = (
    get("/drafts/", WRITERS),
    get("/processes/<slug:key>/studio/", owners(200)),
    post("/processes/<slug:key>/studio/begin/", owners(302), {"source": "template:empty"}),
    *(post(DRAFT + verb, owners(422)) for verb in ("check/", "layout/", "columns/", "import/")),
    post(DRAFT + "discard/", owners(302)),
    get("/processes/<slug:key>/studio/try/", owners(200)),
    post("/processes/<slug:key>/studio/try/step/", owners(302), {"do": "again"}),
    post("/processes/<slug:key>/studio/try/state/", owners(200), {"node": "start"}),
    get("/processes/<slug:key>/studio/forms/", owners(200)),
    get("/processes/<slug:key>/studio/forms/<slug:form>/", owners(200)),
    post(DRAFT + "forms/new/", owners(302), {"key": "ours", "zh": "新表"}),
    post(FORM + "copy/", owners(302)),
    post(FORM + "delete/", owners(409)),  # steps show it
    *(post(FORM + verb, owners(422)) for verb in ("draw/", "save/", "import/")),
    get(FORM + "preview/", owners(200)),
    post(FORM + "states/", owners(200)),
    get(FORM + "file/", owners(200), query="?as=form-js"),
    get(REST + "/processes/<key>/drafts", api_owners(200)),
    post(REST + "/processes/<key>/drafts", writes(api_owners(200)), {"source": "template:approval"}),
    post(REST + "/drafts", writes(api_owners(200, administrator=200)), NEW_PROCESS),
    get(REST_DRAFT, api_owners(200)),
    Line(route=REST_DRAFT, method="PUT", expected=writes(api_owners(200)), body={**SAVED, "forms": {}}),
    get(REST_DRAFT + "/problems", api_owners(200)),
    post(REST_DRAFT + "/copy", writes(api_owners(200)), {"title": "副本"}),
    post(REST_DRAFT + "/discard", writes(api_owners(200))),
    # the process has a version: a further one is handed in
    post(REST_DRAFT + "/publish", writes(api_owners(409)), SAVED | {"summary": "首次发布", "complies": True}),
    post(REST_DRAFT + "/submit", writes(api_owners(422)), SUBMITTED),  # nothing was changed in it
)


CATALOGUE = REGISTER + ENTRIES + REST_REGISTER + PUBLICATION + DECISIONS + STUDIO
