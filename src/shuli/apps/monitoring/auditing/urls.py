"""Where the pages of audits, violations and orders to rectify are."""

from django.urls import path

from shuli.apps.monitoring.auditing import views

AUDITING = [
    path("monitor/audits/", views.audits, name="audits"),
    path("monitor/violations/", views.violations, name="violations"),
    path("monitor/violations/of/<int:violation>/", views.violation_page, name="violation"),
    path("monitor/violations/of/<int:violation>/void/", views.void, name="void"),
    path("monitor/orders/<int:order>/", views.order_page, name="order"),
    path("cases/<str:number>/violation/", views.record, name="record_violation"),
]
