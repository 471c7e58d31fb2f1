"""`python -m bench.classifiers`: which classifier understands questions best, side by side on the same data."""
