"""Importing this makes Django ready, so that models can be imported after it."""

from zwerm.cli import start_django

start_django()
