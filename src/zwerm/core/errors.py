"""How the domain says no."""


class Refused(Exception):
    """An action that the rules do not allow. The message is shown to the person."""
