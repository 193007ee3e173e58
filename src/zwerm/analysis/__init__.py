"""The figures: arrays in, frozen dataclasses out. Knows nothing of Django."""
