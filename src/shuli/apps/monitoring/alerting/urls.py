"""Addresses of alerts, exceptions and the head's day."""

from django.urls import path

from shuli.apps.monitoring.alerting import views

ALERTING = (
    path("monitor/alerts/", views.alerts, name="alerts"),
    path("monitor/alerts/<int:alert>/acknowledge/", views.acknowledge, name="alert_acknowledge"),
    path("monitor/alerts/rules/", views.rule_list, name="alert_rules"),
    path("monitor/alerts/rules/new/", views.rule_form, name="alert_rule_new"),
    path("monitor/alerts/rules/<int:alert_rule>/", views.rule_form, name="alert_rule"),
    path("monitor/alerts/rules/<int:alert_rule>/switch/", views.rule_switch, name="alert_rule_switch"),
    path("monitor/alerts/channels/", views.channel_list, name="alert_channels"),
    path("monitor/alerts/channels/new/", views.channel_new, name="alert_channel_new"),
    path("monitor/alerts/channels/<slug:channel>/switch/", views.channel_switch, name="alert_channel_switch"),
    path("monitor/alerts/channels/<slug:channel>/try/", views.channel_try, name="alert_channel_try"),
    path("monitor/exceptions/", views.exception_list, name="exceptions"),
    path("monitor/exceptions/new/", views.exception_new, name="exception_new"),
    path("monitor/exceptions/<int:report>/answer/", views.exception_answer, name="exception_answer"),
    path("monitor/departments/today/", views.department_day, name="department_day"),
)
