"""The plan of a case: a table of tasks with dates, how far each is, and its Gantt chart (H2-99, H2-100, H2-109)."""
