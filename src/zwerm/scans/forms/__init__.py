"""What may be sent in about scans. Forms clean; they never save."""
