"""Who gets what at the addresses of entries of the register and of operating rules."""

from apps.rights_lines import BYSTANDER, REST, Expected, Line, api, get, keepers, members, post, writes

ENTRY = {"name": "付款", "level": "L3", "category": "support", "importance": "ordinary"}
RULE = {"number": "XZ-01", "name": "仓库盘点", "kind": "practice", "process": "P-PURCHASE"}
RULE_AT = "/rules/<int:pk>/"

ENTRIES = (
    get("/processes/", members(200), query="?q=投诉&category=core&level=L3&state=in_force&sort=-name"),
    get("/processes/map/", members(200)),
    get("/processes/affected/", members(200)),
    get("/processes/register.xlsx", members(200)),
    get("/processes/import/", keepers(200)),
    post("/processes/import/", keepers(422)),
    get("/processes/new/", keepers(200, owner=200)),
    post("/processes/new/", keepers(302, owner=422), ENTRY | {"key": "P-PAYMENT"}),  # of no post of theirs
    post(
        "/processes/new/",
        keepers(302, owner=302),
        ENTRY | {"key": "P-PAYMENT", "owner_post": "owner-complaint"},
    ),
    get("/processes/<slug:key>/edit/", keepers(200, owner=200)),
    post("/processes/<slug:key>/edit/", keepers(302, owner=302), ENTRY),
    get("/processes/<slug:key>/delete/", keepers(200)),
    post("/processes/<slug:key>/delete/", keepers(409)),
    get("/processes/<slug:key>/retire/", keepers(200, owner=200)),
    post("/processes/<slug:key>/retire/", keepers(302, owner=302)),
    get("/rules/", members(200)),
    get("/rules/", members(200), query="?q=盘点&kind=practice&state=open&process=P-PURCHASE"),
    get("/rules/rules.xlsx", members(200)),
    get("/rules/import/", keepers(200, owner=200)),
    post("/rules/import/", keepers(422, owner=422)),
    get("/rules/new/", keepers(200, owner=200)),
    post("/rules/new/", keepers(302, owner=302), RULE | {"number": "XZ-09"}),
    get(RULE_AT, members(200)),
    get(RULE_AT + "edit/", keepers(200, owner=200)),
    post(RULE_AT + "edit/", keepers(302, owner=302), RULE),
    post(RULE_AT + "review/", keepers(302, owner=302), {"state": "fits"}),
    post(RULE_AT + "delete/", keepers(302, owner=302)),
)


def api_keepers(status: int, **others: int) -> Expected:
    return writes(api(403, administrator=status, supervisor=status, **others))


REST_ENTRY, REST_RULE = REST + "/register/<key>", REST + "/rules/<rule_id>"
REST_REGISTER = (
    get(REST + "/register", api(200), query="?q=采购&category=core"),
    get(REST_ENTRY, api(200)),
    post(
        REST + "/register",
        api_keepers(200, owner=200),
        {"key": "P-PAYMENT", "name": "付款", "owner_post": "owner-complaint"},
    ),
    Line(route=REST_ENTRY, method="PUT", expected=api_keepers(200, owner=200), body={"code": "L3-CG-01"}),
    get(REST + "/rules", api(200), query="?q=盘点"),
    get(REST_RULE, api(200)),
    post(REST + "/rules", api_keepers(200, owner=200), RULE | {"number": "XZ-09"}),
    Line(route=REST_RULE, method="PUT", expected=api_keepers(200, owner=200), body={"frequency": "每月"}),
    post(REST_RULE + "/review", api_keepers(200, owner=200), {"state": "fits"}),
    Line(route=REST_RULE, method="DELETE", expected=api_keepers(200, owner=200)),
)

VERSION, CHANGE, DRAFT = (
    "/processes/<slug:key>/versions/<str:number>/",
    "/changes/<int:pk>/",
    "/drafts/<int:pk>/",
)
WISH = {
    "summary": "少一步", "reason": "太慢", "transition_days": "3", "departments": ["tech"], "told": ["service"],
    "front_line": [BYSTANDER], "complies": "on",
}  # fmt: skip
PUBLICATION = (
    get(VERSION, members(200)),
    get(VERSION + "process.bpmn", members(200)),
    post(VERSION + "read/", members(404)),  # nobody was asked to read the first version
    post(VERSION + "paper/", keepers(302, owner=302), {"paper_place": "3 柜"}),
    get(CHANGE, members(200)),
    get(CHANGE + "again/", members(403, owner=200)),
    post(CHANGE + "again/", members(403, owner=422), WISH),  # its review has not sent it back
    get(DRAFT + "publish/", members(403, owner=302)),  # it has a version: a further one is handed in
    post(DRAFT + "publish/", members(403, owner=302), WISH),
    get(DRAFT + "submit/", members(403, owner=200)),
    post(DRAFT + "submit/", members(403, owner=422), WISH),  # nothing was changed in it
)
