"""Who gets what at the addresses of monitoring: figures are for owners, supervisors and whoever leads a department."""

from apps.rights_lines import get, members

MONITORING = (
    get("/monitor/", members(200)),
    get("/monitor/cases/", members(200), query="?figure=on_time_rate"),
    get("/monitor/cases/", members(404), query="?figure=none"),
    get("/monitor/figures.xlsx", members(200)),
    get("/monitor/processes/<slug:key>/", members(404, owner=200, supervisor=200)),
)
