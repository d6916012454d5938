"""Where the pages of what is known are."""

from django.urls import path

from shuli.apps.monitoring.knowledge import views

KNOWLEDGE = (
    path("monitor/knowledge/", views.knowledge, name="knowledge"),
    path("monitor/knowledge/new/", views.entry_form, name="entry_new"),
    path("monitor/knowledge/of/<int:entry>/", views.entry_form, name="entry"),
)
