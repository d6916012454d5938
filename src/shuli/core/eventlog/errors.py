"""What is wrong with a file that was to be a log."""


class LogError(ValueError):
    """A file is no log that can be read, or a log cannot be written in the form asked for."""
