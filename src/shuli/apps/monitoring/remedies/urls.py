"""Where the pages of adjustment actions are."""

from django.urls import path

from shuli.apps.monitoring.remedies import views

REMEDIES = (
    path("monitor/actions/", views.remedies, name="remedies"),
    path("monitor/actions.xlsx", views.remedies_xlsx, name="remedies_xlsx"),
    path("monitor/actions/new/", views.remedy_new, name="remedy_new"),
    path("monitor/actions/of/<int:remedy>/", views.remedy, name="remedy"),
    path("monitor/actions/of/<int:remedy>/done/", views.finish, name="remedy_done"),
    path("monitor/actions/of/<int:remedy>/verify/", views.verify, name="remedy_verify"),
)
