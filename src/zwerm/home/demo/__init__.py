"""The demo: an invented board with three schools and a few years of scans. One seed, one result."""

SEED = 20261123
