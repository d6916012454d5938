"""Pages that show figures: of the company, a department, a process, a person."""
