"""Addresses of reports, outliers, and complaints by weight."""

from django.urls import path

from shuli.apps.monitoring.reporting import views

REPORTING = (
    path("monitor/reports/", views.reports, name="reports"),
    path("monitor/reports/subscribe/", views.subscribe, name="report_subscribe"),
    path("monitor/reports/<int:made>/", views.report, name="report"),
    path("monitor/reports/<int:made>/<slug:form>/", views.report_file, name="report_file"),
    path("monitor/outliers/", views.outlier_list, name="outliers"),
    path("monitor/outliers/class/", views.outlier_class, name="outlier_class"),
    path("monitor/complaints/", views.complaints, name="complaints"),
)
