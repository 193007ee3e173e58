"""The start page, and what stands around every page: the only room that sees every room."""
