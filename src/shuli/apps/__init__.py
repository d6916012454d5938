"""Django apps, one feature a folder."""
