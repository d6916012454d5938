"""Indicators, dashboards, alerts, audits and reports."""
