"""The monthly audit: its sample, what it finds, and what becomes of it: violations and orders to rectify."""
