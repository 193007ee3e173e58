"""The pages of this room."""

from django.urls import path

from zwerm.home import views

app_name = "home"
urlpatterns = [
    path("", views.start, name="start"),
    path("board/", views.board, name="board"),
]
