"""Run a company's cross-department processes and improve them."""

__version__ = "0.1.0"
