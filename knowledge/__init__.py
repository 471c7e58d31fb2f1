"""What Waymark knows: statements, each with the source it came from. Imports no Rasa."""
