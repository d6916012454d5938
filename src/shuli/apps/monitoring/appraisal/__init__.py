"""Scorecards of departments and posts, work that was passed to and fro, and who answers for a violation."""
