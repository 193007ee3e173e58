"""How sure a figure is, what may lie behind ties, and what changed: all from one seed."""
