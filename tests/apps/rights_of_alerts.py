"""Who gets what at the addresses of alerts: everybody their own; rules of the company are the process office's."""

from apps.rights_lines import administrators, everybody, get, keepers, members, post

RULES, CHANNELS = "/monitor/alerts/rules/", "/monitor/alerts/channels/"
ONE_RULE, ONE_CHANNEL = RULES + "<int:alert_rule>/", CHANNELS + "<slug:channel>/"
EXCEPTIONS = "/monitor/exceptions/"
A_RULE = {"name": "", "kind": "threshold"}

ALERTS = (
    get("/monitor/alerts/", members(200)),
    post("/monitor/alerts/<int:alert>/acknowledge/", members(404)),
    get(RULES, members(200)),
    get(RULES + "new/", keepers(200, owner=200)),
    post(RULES + "new/", keepers(200, owner=200), A_RULE),
    get(ONE_RULE, keepers(200)),
    post(ONE_RULE, keepers(200), A_RULE),
    post(ONE_RULE + "switch/", keepers(302), {"on": "1"}),
    get(CHANNELS, administrators(200)),
    post(CHANNELS, administrators(200), {"quiet_from": "noon"}),
    get(CHANNELS + "new/", administrators(200)),
    post(CHANNELS + "new/", administrators(200), {"name": ""}),
    post(ONE_CHANNEL + "switch/", administrators(404), {"on": "0"}),
    post(ONE_CHANNEL + "try/", administrators(404)),
    get(EXCEPTIONS, members(200)),
    get(EXCEPTIONS + "new/", members(200)),
    post(EXCEPTIONS + "new/", members(200), {"text": ""}),
    post(EXCEPTIONS + "<int:report>/answer/", members(404), {"answer": "x"}),
    get("/monitor/departments/today/", members(200)),
)
SURVEYS = (
    # Whoever has the link; this one is nobody's.
    get("/survey/<str:token>/", everybody(404)),
    post("/survey/<str:token>/", everybody(404), {"answer": "satisfied"}),
    get("/monitor/ratings/", members(200)),
    post("/monitor/ratings/<int:survey>/", members(404), {"answer": "satisfied"}),
    get("/monitor/surveys/", members(200)),
    get("/monitor/surveys/<slug:key>/", members(403, owner=200)),
    post("/monitor/surveys/<slug:key>/", members(403, owner=200), {"days": ""}),
)
REPORTS = (
    get("/monitor/reports/", members(200)),
    post("/monitor/reports/subscribe/", members(403, owner=302, supervisor=302, administrator=302),
         {"process": "P-PURCHASE", "period": "week"}),
    get("/monitor/reports/<int:made>/", members(404)),
    get("/monitor/reports/<int:made>/<slug:form>/", members(404)),
    get("/monitor/outliers/", members(200)),
    post("/monitor/outliers/class/", members(404), {"first": "2026-11-02", "kind": "data"}),
    # Who owns or supervises complaints or their review, and the process office.
    get("/monitor/complaints/", keepers(200)),
)  # fmt: skip
