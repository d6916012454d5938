"""Satisfaction after closing: customers by a signed link, departments of one another."""
