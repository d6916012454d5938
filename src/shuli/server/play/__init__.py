"""Play a process in the terminal: the engine and a made-up company, no database, nobody is told anything."""
