"""Decisions of the register: tables that are published on their own, without touching a diagram."""
