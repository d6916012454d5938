"""Addresses of surveys."""

from django.urls import path

from shuli.apps.monitoring.survey import views

SURVEY = (
    path("survey/<str:token>/", views.answer, name="survey_answer"),
    path("monitor/ratings/", views.ratings, name="ratings"),
    path("monitor/ratings/<int:survey>/", views.rate, name="rate"),
    path("monitor/surveys/", views.surveys, name="surveys"),
    path("monitor/surveys/<slug:key>/", views.plan, name="survey_plan"),
)
