"""Goals of the work: set by owners and heads, told to whom they concern, followed by the figures themselves (H1-62, H1-63)."""
