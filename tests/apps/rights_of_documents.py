"""Who gets what of handbooks and documents."""

from apps.rights_lines import get, insiders, members, post

HANDBOOK = "/processes/<slug:key>/handbook/"

DOCUMENTS = (
    get("/papers/", members(200)),
    get("/papers/<slug:key>/", members(200), query="?fields"),
    get(HANDBOOK, members(200)),
    get(HANDBOOK + "file/", members(200), query="?format=docx&lang=en"),
    get(HANDBOOK + "editions/", members(200)),
    get("/handbook/mine/", members(200)),
    post("/handbook/mine/read/", members(302), {"digest": "0"}),
    get("/handbook/<book:kind>/<slug:code>/", members(200)),
    get("/handbook/<book:kind>/<slug:code>/file/", members(200), query="?format=docx&lang=en"),
    get("/handbook/<book:kind>/<slug:code>/editions/", members(200)),
    get("/attachments/<int:pk>/preview/", insiders(200)),
    get("/attachments/<int:pk>/preview/", members(404, starter=200), variant="pooled"),
    get("/cases/export/", members(200), query="?format=xlsx"),
    get("/processes/<slug:key>/problem/", members(200), query="?step=detail"),
    post("/processes/<slug:key>/problem/", members(302), {"step": "detail", "text": "说明不清"}),
    get("/processes/<slug:key>/problems/", members(403, owner=200, supervisor=200)),
)
