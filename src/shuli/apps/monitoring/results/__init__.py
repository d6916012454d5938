"""What a version of a process brought: its cases beside those of the version before."""
