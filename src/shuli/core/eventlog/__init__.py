"""The one log format."""
