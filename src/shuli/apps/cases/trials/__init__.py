"""Trying a draft out: the engine runs it with the company's people and a clock of its own, and nothing is kept.

What a person did stands in their session, as a list of steps; each page runs it again from the start.
"""
