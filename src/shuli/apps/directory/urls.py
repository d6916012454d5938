from django.urls import path

from shuli.apps.directory import calendar_views, group_views, person_views, saved_pages, sign_in, views

app_name = "directory"

urlpatterns = [
    path("enter/", sign_in.enter, name="enter"),
    path("views/", saved_pages.keep, name="view_keep"),
    path("views/<int:view>/delete/", saved_pages.delete, name="view_delete"),
    path("profile/", person_views.profile, name="profile"),
    path("profile/substitutes/", person_views.substitute_new, name="substitute_new"),
    path("profile/substitutes/<int:pk>/end/", person_views.substitute_end, name="substitute_end"),
    path("organisation/", views.departments, name="departments"),
    path("organisation/departments/new/", views.department_new, name="department_new"),
    path("organisation/departments/<slug:code>/", views.department, name="department"),
    path("organisation/departments/<slug:code>/edit/", views.department_edit, name="department_edit"),
    path(
        "organisation/departments/<slug:code>/appoint/", views.department_appoint, name="department_appoint"
    ),
    path(
        "organisation/departments/<slug:code>/calendar/",
        views.department_calendar,
        name="department_calendar",
    ),
    path("organisation/departments/<slug:code>/close/", views.department_close, name="department_close"),
    path("organisation/departments/<slug:code>/merge/", views.department_merge, name="department_merge"),
    path("organisation/posts/", views.posts, name="posts"),
    path("organisation/posts/new/", views.post_new, name="post_new"),
    path("organisation/posts/<slug:code>/", views.post, name="post"),
    path("organisation/posts/<slug:code>/edit/", views.post_edit, name="post_edit"),
    path("organisation/posts/<slug:code>/close/", views.post_close, name="post_close"),
    path("organisation/people/", views.people, name="people"),
    path("organisation/people/find/", views.find_people, name="find_people"),
    path("organisation/people/new/", person_views.person_new, name="person_new"),
    path("organisation/people/of/<str:username>/", views.person, name="person"),
    path("organisation/people/of/<str:username>/edit/", person_views.person_edit, name="person_edit"),
    path("organisation/people/of/<str:username>/move/", person_views.person_move, name="person_move"),
    path("organisation/people/of/<str:username>/places/", person_views.place_add, name="place_add"),
    path(
        "organisation/people/of/<str:username>/places/<int:posting>/end/",
        person_views.place_end,
        name="place_end",
    ),
    path(
        "organisation/people/of/<str:username>/disable/", person_views.person_disable, name="person_disable"
    ),
    path("organisation/people/of/<str:username>/enable/", person_views.person_enable, name="person_enable"),
    path("organisation/people/of/<str:username>/link/", person_views.person_link, name="person_link"),
    path(
        "organisation/people/of/<str:username>/calendar/",
        person_views.person_calendar,
        name="person_calendar",
    ),
    path(
        "organisation/people/of/<str:username>/substitutes/",
        person_views.person_substitute,
        name="person_substitute",
    ),
    path("organisation/groups/", group_views.groups, name="groups"),
    path("organisation/groups/new/", group_views.group_new, name="group_new"),
    path("organisation/groups/<slug:code>/", group_views.group, name="group"),
    path("organisation/groups/<slug:code>/edit/", group_views.group_edit, name="group_edit"),
    path("organisation/groups/<slug:code>/members/", group_views.group_join, name="group_join"),
    path("organisation/groups/<slug:code>/members/remove/", group_views.group_leave, name="group_leave"),
    path("organisation/groups/<slug:code>/close/", group_views.group_close, name="group_close"),
    path("organisation/sites/new/", group_views.site_new, name="site_new"),
    path("organisation/sites/<slug:code>/edit/", group_views.site_edit, name="site_edit"),
    path("organisation/calendars/", calendar_views.calendars, name="calendars"),
    path("organisation/calendars/new/", calendar_views.calendar_new, name="calendar_new"),
    path("organisation/calendars/<slug:code>/", calendar_views.calendar, name="calendar"),
    path(
        "organisation/calendars/<slug:code>/<int:year>-<int:month>/",
        calendar_views.calendar,
        name="calendar_month",
    ),
    path("organisation/calendars/<slug:code>/days/", calendar_views.calendar_day, name="calendar_day"),
    path(
        "organisation/calendars/<slug:code>/import/", calendar_views.calendar_import, name="calendar_import"
    ),
    path("organisation/calendars/<slug:code>/edit/", calendar_views.calendar_edit, name="calendar_edit"),
]
