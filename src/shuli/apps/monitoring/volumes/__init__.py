"""How many cases a month has altogether, as process owners announce it: what the share of cases in the system is held against."""
