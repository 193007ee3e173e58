"""A staff list on its way in: bytes to rows, rows to people, people to a plan of changes."""
