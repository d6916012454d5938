"""Addresses of what versions brought."""

from django.urls import path

from shuli.apps.monitoring.results import views

RESULTS = (path("monitor/processes/<slug:key>/versions/<str:number>/", views.result, name="result"),)
