"""Adjustment actions: a diagnosis, what is done about it, and whether it helped by the figures (H1-69 to H1-71)."""
