"""Scans: asking, answering under seal, closing, and the report everybody reads."""
