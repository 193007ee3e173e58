"""Files of other programs, each read strictly into the same tables as CSV."""
