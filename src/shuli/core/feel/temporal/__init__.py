"""Dates, times and durations over the whole range that FEEL allows."""
