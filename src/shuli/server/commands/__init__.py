"""The commands of the command line, one file each: NEEDS_DATA, add_arguments(parser) and run(asked)."""
