"""Sources of data: systems and their contacts, plans of extraction, figures brought in from files (H1-09 to H1-12)."""
