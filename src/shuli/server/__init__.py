"""The top: settings, URLs, command line, worker and embedded PostgreSQL."""
