"""The school's own sign-in, by OpenID Connect."""
