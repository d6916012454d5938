"""Who gets what at every address: one line for each route and method, compared with what the program answers.

A number is a status; LOGIN is the way to the sign-in page. 409 and 422 mean: let in, but the state or the body
does not fit. What is not said for somebody is what the group gets.
"""

from apps.rights_lines import (
    A_FILE,
    BYSTANDER,
    COLLEAGUE,
    REASON,
    REST,
    administrators,
    all_of,
    api,
    api_case,
    api_pooled,
    everybody,
    get,
    insiders,
    members,
    pooled,
    post,
    programs,
    writes,
)
from apps.rights_of_alerts import ALERTS, REPORTS, SURVEYS
from apps.rights_of_catalogue import CATALOGUE
from apps.rights_of_documents import DOCUMENTS
from apps.rights_of_goals import GOVERNED
from apps.rights_of_monitoring import MONITORING
from apps.rights_world import MEMBERS

START = {"what": "纸", "amount": "3"}
TASK, CASE, FILE = "/tasks/<int:pk>/", "/cases/<str:number>/", "/attachments/<int:pk>/"
REST_TASK, REST_CASE = "/api/v1/tasks/<task_id>", "/api/v1/cases/<number>"
UNIT, POST_, PERSON = (
    "/organisation/departments/<slug:code>/",
    "/organisation/posts/<slug:code>/",
    "/organisation/people/of/<str:username>/",
)
CALENDAR = "/organisation/calendars/<slug:code>/"
GROUP, SITE = "/organisation/groups/<slug:code>/", "/organisation/sites/<slug:code>/"
SUBSTITUTE = {"substitute": BYSTANDER, "since": "2026-12-01T09:00", "until": "2026-12-02T09:00"}

WORK = (
    get("/", members(200)),
    get("/", members(200), query="?tab=to_read"),
    get("/", members(200), query="?tab=started"),
    get("/", members(200), query="?tab=done"),
    get("/start/", members(200)),
    get("/start/<slug:key>/", members(200)),
    post("/start/<slug:key>/", members(302), START),
    post("/start/<slug:key>/draft/", members(200), START),
    post("/start/<slug:key>/state/", members(200), START),
    get("/notifications/", members(200)),
    post("/notifications/read/", members(302)),
    get("/search/", members(200), query="?q=设备"),
    get("/cases/", members(200)),
    get("/cases/", members(200), query="?q=设备&sort=title"),
    get("/live/", members(200)),
    post("/views/", members(302), {"name": "我的", "path": "/cases/", "query": "overdue=1"}),
    post("/views/<int:view>/delete/", members(404)),
    # The clock moves and the style page shows in a demonstration only; this is a real installation.
    get("/system/clock/", members(403)),
    post("/system/clock/", members(403), {"step": "day"}),
    get("/style/", members(403)),
    get("/enter/", everybody(403)),
    post("/enter/", everybody(403), {"person": "limin"}),
)
TASKS = (
    get(TASK, insiders(200)),
    post(TASK + "complete/", insiders(409, holder=302), {"opinion": "好"}),
    post(TASK + "draft/", insiders(409, holder=200)),
    post(TASK + "state/", insiders(200)),
    post(TASK + "claim/", insiders(409, holder=302)),
    post(TASK + "release/", insiders(409, holder=422)),
    post(TASK + "return/", insiders(409, holder=302), {"to": "start", **REASON}),
    post(
        TASK + "transfer/",
        insiders(409, holder=302, head=403, executive=403, owner=302),
        {"to": BYSTANDER, **REASON},
    ),
    post(
        TASK + "transfer/",
        insiders(409, holder=302, head=302, executive=302, owner=302),
        {"to": COLLEAGUE, **REASON},
    ),
    post(TASK + "problem/", insiders(302, supervisor=403), {"text": "不该由我们补充"}),
    get(TASK, pooled(200), variant="pooled"),
    post(TASK + "complete/", pooled(403, candidate=302), {"advice": "好"}, variant="pooled"),
    post(TASK + "draft/", pooled(403, candidate=200), {"advice": "好"}, variant="pooled"),
    post(TASK + "state/", pooled(200), {"advice": "好"}, variant="pooled"),
    post(TASK + "claim/", pooled(403, candidate=302), variant="pooled"),
    post(TASK + "release/", pooled(403, candidate=409), variant="pooled"),
    post(TASK + "return/", pooled(403, candidate=302), {"to": "detail", **REASON}, variant="pooled"),
    post(
        TASK + "transfer/",
        pooled(403, candidate=302, owner=302),
        {"to": BYSTANDER, **REASON},
        variant="pooled",
    ),
    post(TASK + "problem/", pooled(302, supervisor=403), {"text": "不该由我们补充"}, variant="pooled"),
)
URGERS = ("starter", "owner", "supervisor")
VERBS = (
    post(TASK + "delegate/", insiders(409, holder=302), {"delegate": BYSTANDER}),
    post(TASK + "delegate/", pooled(403, candidate=302), {"delegate": BYSTANDER}, variant="pooled"),
    post(TASK + "signers/", insiders(409, holder=302), {"signers": BYSTANDER, "position": "before"}),
    post(TASK + "signers/", pooled(403, candidate=302), {"signers": BYSTANDER}, variant="pooled"),
    post("/tasks/remove-signer/", members(404), {"task": "0"}),
    post(TASK + "accept/", insiders(409)),
    post(TASK + "decline/", insiders(409), REASON),
    post(TASK + "take-back/", insiders(409), REASON),
    post(TASK + "urge/", insiders(403, **dict.fromkeys(URGERS, 302)), {"text": "请快"}),
    post(CASE + "urge/", insiders(403, **dict.fromkeys(URGERS, 302)), {"text": "请快"}),
    post(CASE + "copies/", insiders(403, starter=302, owner=302, holder=302), {"readers": BYSTANDER}),
    post(CASE + "reopen/", insiders(403, owner=422), {"to": "detail", **REASON}),
    get("/incidents/", members(200)),
    get("/processes/<slug:key>/reveals/", members(403, owner=200, supervisor=200)),
    get("/processes/<slug:key>/migration/", members(403, owner=200)),
    post("/processes/<slug:key>/migration/begin/", members(403, owner=422), REASON),
    get("/system/jump/", administrators(200)),
    get("/system/jump/<str:number>/", administrators(200)),
    post("/system/jump/<str:number>/", administrators(409), {"token": "999", "to": "tech", **REASON}),
    post("/bulk/<int:pk>/undo/", members(404)),
    get(REST + "/jumps/<number>", api(403, administrator=200)),
    get(REST + "/jumps/<number>/preview", api(403, administrator=409), query="?token=999&to=tech"),
    post(
        REST + "/jumps/<number>",
        writes(api(403, administrator=409)),
        {"token": 999, "to": "tech", **REASON},
    ),
    post(REST_TASK + "/take-back", writes(api_case(409)), REASON),
    post(REST_CASE + "/reopen", writes(api_case(403, owner=422)), {"to": "detail", **REASON}),
    post(REST_TASK + "/delegate", writes(api_case(409, holder=200)), {"to": BYSTANDER}),
    post(REST_TASK + "/signers", writes(api_case(409, holder=200)), {"people": [BYSTANDER]}),
    post(REST_TASK + "/remove", writes(api_case(403, owner=422)), REASON),
    post(REST_TASK + "/accept", writes(api_case(409))),
    post(REST_TASK + "/decline", writes(api_case(409)), REASON),
    post(REST_TASK + "/urge", writes(api_case(403, **dict.fromkeys(URGERS, 200))), {"text": "请快"}),
    post(
        REST_CASE + "/copies",
        writes(api_case(403, starter=200, owner=200, holder=200)),
        {"people": [BYSTANDER]},
    ),
    post(REST_CASE + "/correct", writes(api_case(403, owner=200)), {"variables": {"what": "泵"}, **REASON}),
)
CASES = (
    get(CASE, insiders(200)),
    get(CASE, pooled(200), variant="pooled"),
    post(CASE + "comment/", insiders(302, supervisor=403), {"text": "收到"}),
    post(CASE + "attach/", insiders(302, supervisor=403), {"file": A_FILE}),
    post(CASE + "withdraw/", insiders(403, starter=302), REASON),
    post(CASE + "suspend/", insiders(403, owner=302), REASON),
    post(CASE + "resume/", insiders(403, owner=422)),
    post(CASE + "terminate/", insiders(403, owner=302), REASON),
    post(CASE + "parts/<int:token>/start/", insiders(403, owner=422), {"node": "detail"}),
    post(CASE + "parts/<int:token>/finish/", insiders(403, owner=422)),
    post(CASE + "incidents/<int:incident>/retry/", insiders(403, owner=422)),
    post(CASE + "forms/<int:record>/reveal/", insiders(200, supervisor=403), {"field": "phone"}),
    post(CASE + "forms/<int:record>/reveal/", insiders(422, supervisor=403), {"field": "what"}),
    get(CASE + "archive/", insiders(200)),
    get(CASE + "papers/<slug:document>/", insiders(200)),
    get(FILE, insiders(200)),
    get(FILE, members(404, starter=200), variant="pooled"),  # a loose file, which only its sender sees
    post(FILE + "withdraw/", insiders(403, starter=302, owner=302), REASON),
    post("/attachments/", members(201), {"file": A_FILE}),
)
BULK = (
    get("/bulk/", members(200)),
    post("/bulk/begin/", members(422), {"verb": "suspend", "reason": "x"}),
    get("/bulk/<int:pk>/", members(404, owner=200)),
    post("/bulk/<int:pk>/stop/", members(404, owner=302)),
    post(REST + "/cases/bulk", writes(api(422)), {"verb": "suspend", "reason": "x"}),
    get(REST + "/bulk/<run_id>", api(404, owner=200)),
    get(REST + "/bulk/<run_id>/cases", api(404, owner=200)),
    post(REST + "/bulk/<run_id>/stop", writes(api(404, owner=200))),
)
ORGANISATION = (
    get("/profile/", members(200)),
    post("/profile/", members(302), {"language": "en", "phone": "1"}),
    post("/profile/substitutes/", members(302), SUBSTITUTE),
    post("/profile/substitutes/<int:pk>/end/", members(404, holder=302, administrator=302)),
    *(get(f"/organisation/{part}/", members(200)) for part in ("posts", "people", "calendars", "groups")),
    get("/organisation/", members(200)),
    get("/organisation/people/find/", members(200), query="?q=li"),
    *(
        get(page, members(200))
        for page in (UNIT, POST_, PERSON, GROUP, CALENDAR, CALENDAR + "<int:year>-<int:month>/")
    ),
    *(
        get(f"/organisation/{part}/new/", administrators(200))
        for part in ("departments", "posts", "people", "calendars", "groups", "sites")
    ),
    post("/organisation/groups/new/", administrators(302), {"code": "x", "name": "新"}),
    post(GROUP + "edit/", administrators(302), {"name": "改名"}),
    post(GROUP + "members/", administrators(302), {"people": BYSTANDER}),
    post(GROUP + "members/remove/", administrators(302), {"kind": "departments", "member": "legal"}),
    post(GROUP + "close/", administrators(302)),
    post("/organisation/sites/new/", administrators(302), {"code": "x", "name": "新"}),
    get(SITE + "edit/", administrators(200)),
    post(SITE + "edit/", administrators(302), {"name": "改名", "calendar": "company"}),
    post(PERSON + "substitutes/", administrators(302), {**SUBSTITUTE, "substitute": "limin"}),
    post(UNIT + "merge/", administrators(302), {"into": "finance"}),
    get("/left-behind/", members(200)),
    get(PERSON + "hand-over/", administrators(200)),
    post(PERSON + "hand-over/", administrators(302), {"everything": "limin", "step": "do"}),
    post(PERSON + "close/", administrators(302)),
    post(PERSON + "calendar/", administrators(302), {"calendar": "company"}),
    post(
        "/organisation/departments/new/",
        administrators(302),
        {"code": "x", "name": "新", "kind": "department"},
    ),
    post("/organisation/posts/new/", administrators(302), {"code": "x", "name": "新", "department": "legal"}),
    post(
        "/organisation/people/new/",
        administrators(302),
        {"username": "x", "name": "新", "department": "legal", "language": "en"},
    ),
    post(
        "/organisation/calendars/new/",
        administrators(302),
        {"code": "x", "name": "新", "zone": "Asia/Shanghai", "monday": "09:00-12:00"},
    ),
    get(UNIT + "edit/", administrators(200)),
    post(UNIT + "edit/", administrators(302), {"name": "法务", "kind": "department"}),
    post(UNIT + "appoint/", administrators(302), {"head": BYSTANDER}),
    post(UNIT + "calendar/", administrators(302), {"calendar": "company"}),
    post(UNIT + "close/", administrators(302)),
    post(POST_ + "edit/", administrators(302), {"name": "顾问", "department": "legal"}),
    post(POST_ + "close/", administrators(302)),
    get(PERSON + "edit/", administrators(200)),
    post(PERSON + "edit/", administrators(302), {"name": "新名", "language": "en", "is_administrator": "on"}),
    post(PERSON + "move/", administrators(302), {"department": "legal"}),
    post(PERSON + "places/", administrators(302), {"department": "legal"}),
    post(PERSON + "places/<int:posting>/end/", administrators(302)),
    *(post(f"{PERSON}{verb}/", administrators(302)) for verb in ("disable", "enable")),
    post(PERSON + "link/", administrators(200)),
    get(CALENDAR + "edit/", administrators(200)),
    post(
        CALENDAR + "edit/",
        administrators(302),
        {"name": "公司", "zone": "Asia/Shanghai", "monday": "09:00-12:00"},
    ),
    post(CALENDAR + "days/", administrators(302), {"date": "2026-12-24", "kind": "holiday"}),
    post(CALENDAR + "import/", administrators(302)),
)
ENDPOINTS = (
    get(REST + "/cases", api(200)),
    get(REST + "/cases", api(200), query="?q=设备&mine=false"),
    post(REST + "/cases", writes(api(200)), {"process": "P-PURCHASE", "answers": START}),
    get(REST_CASE, api_case(200)),
    get(REST_CASE, api_pooled(200), variant="pooled"),
    post(REST_CASE + "/comments", writes(api_case(200, supervisor=403)), {"text": "收到"}),
    post(REST_CASE + "/documents", writes(api_case(200, supervisor=403)), {"file": A_FILE}),
    post(REST_CASE + "/withdraw", writes(api_case(403, starter=200)), REASON),
    post(REST_CASE + "/suspend", writes(api_case(403, owner=200)), REASON),
    post(REST_CASE + "/resume", writes(api_case(403, owner=422))),
    post(REST_CASE + "/terminate", writes(api_case(403, owner=200)), REASON),
    get(REST_CASE + "/parts", api_case(200)),
    post(REST_CASE + "/parts/<token>/start", writes(api_case(403, owner=422)), {"node": "detail"}),
    post(REST_CASE + "/parts/<token>/finish", writes(api_case(403, owner=422))),
    post(REST_CASE + "/incidents/<incident>/retry", writes(api_case(403, owner=422)), {"variables": {}}),
    get(REST + "/tasks", api(200)),
    get(REST_TASK, api_case(200)),
    get(REST_TASK, api_pooled(200), variant="pooled"),
    get(REST_TASK + "/form", api_case(200)),
    get(REST + "/processes/<key>/start-form", api(200)),
    post(REST_TASK + "/claim", writes(api_case(409, holder=200))),
    post(REST_TASK + "/claim", writes(api_pooled(403, candidate=200)), variant="pooled"),
    post(REST_TASK + "/release", writes(api_case(409, holder=422))),
    post(REST_TASK + "/complete", writes(api_case(409, holder=200)), {"opinion": "好"}),
    post(
        REST_TASK + "/complete",
        writes(api_pooled(403, candidate=200)),
        {"answers": {"advice": "好"}},
        variant="pooled",
    ),
    post(REST_TASK + "/return", writes(api_case(409, holder=200)), {"to": "start", **REASON}),
    post(
        REST_TASK + "/return",
        writes(api_pooled(403, candidate=200)),
        {"to": "detail", **REASON},
        variant="pooled",
    ),
    post(
        REST_TASK + "/transfer",
        writes(api_case(409, holder=200, head=200, executive=200, owner=200)),
        {"to": COLLEAGUE, **REASON},
    ),
    post(
        REST_TASK + "/transfer",
        writes(api_case(409, holder=200, head=403, executive=403, owner=200)),
        {"to": BYSTANDER, **REASON},
    ),
    post(REST + "/messages", programs(200), {"name": "nobody.waits", "variables": {"a": 1}}),
    post(REST + "/signals", programs(200), {"name": "nobody.hears"}),
    post(REST + "/jobs/fetch", programs(200), {"topics": ["packing"], "worker": "w"}),
    *(
        post(f"{REST}/jobs/<job>/{verb}", programs(404), {"worker": "w", "lease": 1, **more})
        for verb, more in (("complete", {}), ("fail", {}), ("error", {"code": "x"}), ("extend", {}))
    ),
    get(REST + "/processes", api(200)),
    get(REST + "/processes/<key>", api(200)),
    get(REST + "/openapi.json", everybody(200)),
    get(REST + "/", everybody(404)),
)
LINKS = "/system/connections/"
HOOK_IN, HOOK_OUT = LINKS + "in/of/<slug:name>/", LINKS + "out/of/<slug:name>/"
BOTH_WAYS = LINKS + "<direction:direction>/of/<slug:name>/"
CONNECTIONS = (
    # Unsigned: to everybody, and whatever they are signed in as, the door is closed.
    post("/hooks/<slug:name>", everybody(401), {"a": "b"}),
    get(LINKS, administrators(200)),
    *(get(f"{LINKS}{kind}/new/", administrators(200)) for kind in ("in", "out", "programs")),
    post(LINKS + "in/new/", administrators(200), {"name": "n", "message": "m", "person": BYSTANDER}),
    post(
        LINKS + "out/new/",
        administrators(200),
        {"name": "n", "url": "https://93.184.216.34/new", "events": "case.started"},
    ),
    post(
        LINKS + "programs/new/",
        administrators(200),
        {"name": "n", "scopes": "jobs", "person": BYSTANDER, "days": "30"},
    ),
    post(LINKS + "programs/<int:pk>/end/", administrators(302)),
    get(HOOK_IN, administrators(200)),
    get(HOOK_OUT, administrators(200)),
    post(HOOK_OUT + "again/", administrators(302)),
    post(HOOK_OUT + "again/<int:dispatch>/", administrators(404)),
    post(BOTH_WAYS + "switch/", administrators(302), {"on": "0"}),
    post(BOTH_WAYS + "secret/", administrators(200)),
)
A = "/accounts/"
STRANGERS_ONLY = {**everybody(200), **all_of(MEMBERS, 302)}  # who is signed in is led on
# Nobody of the example company has a password yet; that is why they are led on or refused.
ACCOUNTS = (
    get("/livez", everybody(200)),
    get("/readyz", everybody(503)),  # no worker runs here
    post("/language/", everybody(302), {"language": "en"}),
    get(A + "login/", STRANGERS_ONLY),
    get(A + "logout/", {**everybody(302), **all_of(MEMBERS, 200)}),
    post(A + "logout/", everybody(302)),
    get(A + "signup/", STRANGERS_ONLY),
    get(A + "inactive/", everybody(200)),
    get(A + "reauthenticate/", members(403)),
    get(A + "email/", members(200)),
    get(A + "confirm-email/", everybody(200)),
    get(A + "password/change/", members(302)),
    get(A + "password/set/", members(200)),
    get(A + "password/reset/", everybody(200)),
    get(A + "login/code/confirm/", members(302)),
    get(A + r"^confirm-email/(?P<key>[-:\w]+)/$", everybody(200)),
    get(A + "password/reset/key/done/", everybody(200)),
    get(A + "^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$", everybody(200)),
    get(A + "password/reset/done/", everybody(200)),
)
LINES = (
    WORK
    + TASKS
    + VERBS
    + CASES
    + BULK
    + CATALOGUE
    + DOCUMENTS
    + ALERTS
    + SURVEYS
    + REPORTS
    + MONITORING
    + GOVERNED
    + ORGANISATION
    + ENDPOINTS
    + CONNECTIONS
    + ACCOUNTS
)
