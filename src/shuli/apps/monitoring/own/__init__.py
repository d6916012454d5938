"""Indicators that the owner of a process defines: an expression for each visit or case, and how its values are put together."""
