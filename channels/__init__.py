"""Ways to talk to the assistant. Channels convert and guard; they know nothing about careers."""
