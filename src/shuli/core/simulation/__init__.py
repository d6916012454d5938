"""Discrete-event runs of a ProcessGraph."""
