"""The pages of this room."""

from django.urls import URLPattern

app_name = "scans"
urlpatterns: list[URLPattern] = []
