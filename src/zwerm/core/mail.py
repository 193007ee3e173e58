"""What every mail of the system says of itself to the mail program that gets it."""

from __future__ import annotations

NO_AUTOMATIC_REPLY = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}
"""An automatic reply to a mail of the system is read by nobody who should, and tells too much."""
