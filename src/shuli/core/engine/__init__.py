"""The token game: commands in, events out."""
