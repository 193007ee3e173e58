"""The pictures of a researcher's report: persons may be seen, for the data are their own."""
