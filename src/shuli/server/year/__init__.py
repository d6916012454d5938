"""A year of the example company: cases of the library, played by its people with a clock that moves."""
