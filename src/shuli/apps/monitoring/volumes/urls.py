"""Addresses of announced volumes."""

from django.urls import path

from shuli.apps.monitoring.volumes import views

VOLUMES = (path("monitor/volumes/", views.volumes, name="volumes"),)
