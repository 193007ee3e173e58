"""The shell of the house: templates, look, errors, sealing, work in the background, mail."""
