"""Measurements of speed, memory and building times, ours and a stock Rasa side by side: `make bench`."""
