"""What this room adds to the commands of Django."""
