"""Simulation scenarios, comparisons and redesign runs."""
