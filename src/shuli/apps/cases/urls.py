from django.urls import path

from shuli.apps.cases import views, work

app_name = "cases"

urlpatterns = [
    path("", work.my_work, name="my_work"),
    path("start/", work.start_list, name="start_list"),
    path("start/<slug:key>/", work.start, name="start"),
    path("start/<slug:key>/draft/", work.start_draft, name="start_draft"),
    path("start/<slug:key>/state/", work.start_state, name="start_state"),
    path("notifications/", work.notifications, name="notifications"),
    path("notifications/read/", work.read, name="read"),
    path("search/", work.search, name="search"),
    path("tasks/<int:pk>/", views.task, name="task"),
    path("tasks/<int:pk>/complete/", views.complete, name="complete"),
    path("tasks/<int:pk>/draft/", views.draft, name="draft"),
    path("tasks/<int:pk>/state/", views.state, name="state"),
    path("tasks/<int:pk>/claim/", views.claim, name="claim"),
    path("tasks/<int:pk>/release/", views.release, name="release"),
    path("tasks/<int:pk>/return/", views.return_task, name="return"),
    path("tasks/<int:pk>/transfer/", views.transfer, name="transfer"),
    path("tasks/<int:pk>/problem/", views.problem, name="problem"),
    path("cases/", views.cases, name="cases"),
    path("cases/<str:number>/", views.case, name="case"),
    path("cases/<str:number>/comment/", views.comment, name="comment"),
    path("cases/<str:number>/attach/", views.attach, name="attach"),
    path("cases/<str:number>/withdraw/", views.withdraw, name="withdraw"),
    path("cases/<str:number>/terminate/", views.terminate, name="terminate"),
    path("cases/<str:number>/incidents/<int:incident>/retry/", views.retry, name="retry"),
    path("cases/<str:number>/forms/<int:record>/reveal/", views.reveal, name="reveal"),
    path("cases/<str:number>/archive/", views.archive, name="archive"),
    path("system/clock/", work.clock_page, name="clock"),
]
