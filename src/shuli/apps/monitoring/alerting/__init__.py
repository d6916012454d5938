"""Alerts and early warning: rules that are watched, who is told when, digests, exceptions that people report."""
