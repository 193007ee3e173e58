"""From sealed answers to arrays, through the figures, to what a report may say."""
