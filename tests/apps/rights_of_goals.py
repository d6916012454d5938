"""Who gets what at the addresses of goals: owners and heads set them, and see those of their places."""

from apps.rights_lines import get, keepers, members, post

GOALS, ONE = "/monitor/goals/", "/monitor/goals/of/<int:goal>/"
SETTING = keepers(200, owner=200, head=200, executive=200)
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
)
