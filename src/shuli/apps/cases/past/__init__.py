"""Cases that were played in memory and are then written as if every command had been carried out by itself."""
