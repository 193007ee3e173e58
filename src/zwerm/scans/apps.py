"""The room scans as a Django app."""

from django.apps import AppConfig


class ScansConfig(AppConfig):
    name = "zwerm.scans"
    label = "scans"
