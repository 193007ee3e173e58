"""People with their figures, and their arcs, for other programs."""
