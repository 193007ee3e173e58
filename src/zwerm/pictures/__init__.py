"""Numbers to SVG. Knows nothing of Django; every visible word comes in as an argument."""
