"""The room people as a Django app."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "zwerm.people"
    label = "people"
