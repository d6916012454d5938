"""Running cases in SQL: inbox, tasks, timers, reminders and comments."""
