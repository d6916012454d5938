"""Departments, posts, people, substitutes, working calendars and permissions."""
