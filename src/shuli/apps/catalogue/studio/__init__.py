"""The studio: drafts of processes, what is wrong with them, and trying them out before they run."""
