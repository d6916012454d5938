"""How a change of a process becomes a version in force: review, publication, transition, who has to read it."""
