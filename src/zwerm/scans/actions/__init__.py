"""What people do with scans: the only part of this room that writes."""
