"""Who gets what at the addresses of goals: owners and heads set them, and see those of their places."""

from apps.rights_lines import get, keepers, members, post

GOALS, ONE = "/monitor/goals/", "/monitor/goals/of/<int:goal>/"
ACTIONS, AN_ACTION = "/monitor/actions/", "/monitor/actions/of/<int:remedy>/"
SETTING = keepers(200, owner=200, head=200, executive=200)
OVERSEEING = keepers(200, owner=200, head=200, executive=200)
READING = keepers(200, owner=200, head=200, executive=200)
SOURCES, A_SOURCE = "/monitor/sources/", "/monitor/sources/of/<int:source>/"
A_GOAL = {"title": ""}

GOVERNED = (
    get(GOALS, members(200)),
    get(GOALS + "mine/", members(200)),
    get(GOALS + "new/", SETTING),
    post(GOALS + "new/", SETTING, A_GOAL),
    get(ONE, members(404)),
    get(ONE + "edit/", members(404)),
    post(ONE + "edit/", members(404), A_GOAL),
    post(ONE + "publish/", members(404)),
    post(ONE + "read/", members(404)),
    post(ONE + "withdraw/", members(404), {"reason": "x"}),
    get(ACTIONS, members(200)),
    get("/monitor/actions.xlsx", members(200)),
    get(ACTIONS + "new/", OVERSEEING),
    post(ACTIONS + "new/", OVERSEEING, {"problem": ""}),
    get(AN_ACTION, members(404)),
    post(AN_ACTION + "done/", members(404), {"done": "x"}),
    get(AN_ACTION + "verify/", members(404)),
    post(AN_ACTION + "verify/", members(404), {"judgement": "effective"}),
    get(SOURCES, READING),
    get(SOURCES + "new/", SETTING),
    post(SOURCES + "new/", SETTING, {"name": ""}),
    get(A_SOURCE, members(404)),
    get(A_SOURCE + "edit/", members(404)),
    post(A_SOURCE + "edit/", members(404), {"name": ""}),
    post(A_SOURCE + "upload/", members(404)),
    get(A_SOURCE + "plans/new/", members(404)),
    post(A_SOURCE + "plans/new/", members(404), {"what": ""}),
    get(A_SOURCE + "plans/<int:plan>/", members(404)),
    post(A_SOURCE + "plans/<int:plan>/", members(404), {"what": ""}),
    get("/monitor/imports/<int:batch>/", members(404)),
    post("/monitor/imports/<int:batch>/", members(404), {"look": "1"}),
    post("/monitor/imports/<int:batch>/undo/", members(404)),
    get("/monitor/knowledge/", members(200)),
    get("/monitor/knowledge/new/", keepers(200, owner=200)),
    post("/monitor/knowledge/new/", keepers(200, owner=200), {"problem": ""}),
    get("/monitor/knowledge/of/<int:entry>/", keepers(404, owner=404)),
    post("/monitor/knowledge/of/<int:entry>/", keepers(404, owner=404), {"problem": ""}),
)
