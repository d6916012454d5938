"""Where the pages of sources are."""

from django.urls import path

from shuli.apps.monitoring.sources import views

SOURCES = (
    path("monitor/sources/", views.sources, name="sources"),
    path("monitor/sources/new/", views.source_form, name="source_new"),
    path("monitor/sources/of/<int:source>/", views.source, name="source"),
    path("monitor/sources/of/<int:source>/edit/", views.source_form, name="source_edit"),
    path("monitor/sources/of/<int:source>/upload/", views.upload, name="source_upload"),
    path("monitor/sources/of/<int:source>/plans/new/", views.plan_form, name="plan_new"),
    path("monitor/sources/of/<int:source>/plans/<int:plan>/", views.plan_form, name="plan"),
    path("monitor/imports/<int:batch>/", views.import_page, name="import"),
    path("monitor/imports/<int:batch>/undo/", views.undo, name="import_undo"),
)
