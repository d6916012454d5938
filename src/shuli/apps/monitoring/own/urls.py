"""Addresses of own indicators."""

from django.urls import path

from shuli.apps.monitoring.own import views

OF_PROCESS = "monitor/processes/<slug:key>/indicators/"
OWN = (
    path(OF_PROCESS, views.own_list, name="own"),
    path(f"{OF_PROCESS}new/", views.own_form, name="own_new"),
    path(f"{OF_PROCESS}<int:own>/", views.own_form, name="own_form"),
    path(f"{OF_PROCESS}<int:own>/remove/", views.own_remove, name="own_remove"),
)
