"""The pages of this room: the start page, one's own data, and the requests about them."""
