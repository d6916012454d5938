"""Working calendars, due dates and working-time differences."""
