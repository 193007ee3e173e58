"""What people do with accounts and staff lists: the only part of this room that writes."""
