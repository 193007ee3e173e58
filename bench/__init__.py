"""Benchmarks: they print figures about the real product on this machine, and clean up."""
