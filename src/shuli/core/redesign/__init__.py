"""Calibration, change operators, search and scoring."""
