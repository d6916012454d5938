"""Imported logs, mining runs and diagnosis."""
