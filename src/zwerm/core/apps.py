"""The shell as a Django app."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "zwerm.core"
    label = "core"
