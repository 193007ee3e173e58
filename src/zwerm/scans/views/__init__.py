"""The pages of this room: HTTP in, HTTP out."""
