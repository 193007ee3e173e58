"""Zwerm helps a whole school lead together."""

__version__ = "0.1.0"
