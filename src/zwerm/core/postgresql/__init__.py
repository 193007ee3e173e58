"""PostgreSQL as Django knows it, told whose rows it may show."""
