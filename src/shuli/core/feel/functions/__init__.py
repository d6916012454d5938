"""The built-in functions, by group."""
