"""How large a number may be that is computed with."""

from __future__ import annotations

LARGEST = 1e50
"""Sums of fourth powers of larger numbers leave what a computer can hold."""
