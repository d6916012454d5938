"""Where scorecards and decisions on accountability are."""

from django.urls import path

from shuli.apps.monitoring.appraisal import views

APPRAISAL = [
    path("monitor/appraisal/", views.appraisal, name="appraisal"),
    path("monitor/appraisal.xlsx", views.appraisal_xlsx, name="appraisal_xlsx"),
    path("monitor/accountability/", views.decisions, name="decisions"),
    path("monitor/violations/of/<int:violation>/accountability/", views.decide, name="decide"),
    path("monitor/accountability/of/<int:decision>/", views.decision_page, name="accountability"),
    path("monitor/accountability/of/<int:decision>/appeal/", views.appeal, name="appeal"),
    path("monitor/accountability/of/<int:decision>/answer/", views.answer, name="answer_appeal"),
]
