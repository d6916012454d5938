"""Who gets what at the addresses of monitoring: figures are for owners, supervisors and whoever leads a department."""

from apps.rights_lines import get, insiders, members, post

VIOLATION = {"kind": "documents", "severity": "minor", "department": "service", "text": "缺附件"}
OWN = "/monitor/processes/<slug:key>/indicators/"
SEEING = {"owner": 200, "supervisor": 200, "head": 200, "executive": 200}
DECIDE = "/monitor/violations/of/<int:violation>/accountability/"
DECISION = "/monitor/accountability/of/<int:decision>/"
READING = {"holder": 200, "head": 200, "executive": 200, "administrator": 200}
OTHERS = {"head": 403, "executive": 403, "administrator": 403}

MONITORING = (
    get("/monitor/", members(200)),
    get("/monitor/cases/", members(200), query="?figure=on_time_rate"),
    get("/monitor/cases/", members(404), query="?figure=none"),
    get("/monitor/live/", members(200)),
    get("/monitor/volumes/", members(403, owner=200, administrator=200)),
    post("/monitor/volumes/", members(403, owner=200, administrator=200), {"pasted": "2026-11"}),
    get("/monitor/mine/", members(200)),
    get("/monitor/mine/", members(404), query="?person=nobody"),
    get("/monitor/departments/<slug:code>/", members(404)),
    get("/monitor/figures.xlsx", members(200)),
    get("/monitor/figures.pdf", members(404, owner=200, supervisor=200), query="?process=P-PURCHASE"),
    get("/monitor/audits/", members(200)),
    get("/monitor/violations/", members(200)),
    get("/monitor/violations/of/<int:violation>/", members(404, holder=200, **SEEING)),
    post(
        "/monitor/violations/of/<int:violation>/void/",
        members(404, holder=403, owner=403, head=403, executive=403, supervisor=302),
        {"reason": "看错了"},
    ),
    get("/monitor/appraisal/", members(200)),
    get("/monitor/appraisal.xlsx", members(200)),
    get("/monitor/accountability/", members(200)),
    get(DECIDE, members(404, holder=403, owner=403, supervisor=403, head=200, executive=200)),
    post(DECIDE, members(404, holder=403, owner=403, supervisor=403, head=200, executive=200)),
    get(DECISION, members(404, **READING)),
    post(DECISION + "appeal/", members(404, **{**READING, **OTHERS, "holder": 302}), {"words": "不服"}),
    post(DECISION + "answer/", members(404, **{**READING, **OTHERS, "holder": 403, "administrator": 302})),
    get("/monitor/orders/<int:order>/", members(404, **SEEING)),
    get("/cases/<str:number>/violation/", insiders(403, supervisor=200)),
    post("/cases/<str:number>/violation/", insiders(403, supervisor=200)),
    post("/cases/<str:number>/violation/", insiders(403, supervisor=302), VIOLATION),
    get("/monitor/processes/<slug:key>/", members(404, owner=200, supervisor=200)),
    get("/monitor/processes/<slug:key>/versions/<str:number>/", members(404, owner=200, supervisor=200)),
    get(OWN, members(403, owner=200, administrator=200)),
    get(OWN + "new/", members(403, owner=200, administrator=200), query="?grain=case"),
    post(OWN + "new/", members(403, owner=200, administrator=200), {"name": ""}),
    get(OWN + "<int:own>/", members(403, owner=404, administrator=404)),
    post(OWN + "<int:own>/", members(403, owner=404, administrator=404), {"name": ""}),
    post(OWN + "<int:own>/remove/", members(403, owner=404, administrator=404)),
)
