"""What can go wrong with the embedded server, in words for whoever starts it."""


class PostgresError(Exception):
    """The embedded PostgreSQL cannot do what was asked; the text says what to do."""
