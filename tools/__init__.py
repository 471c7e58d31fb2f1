"""Set-up and running of Waymark: what the Makefile calls. `setup` and what it imports need no package."""
