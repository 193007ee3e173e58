"""The pages of this room."""

from django.urls import path

from zwerm.home.views import requests, rights, start, watching

app_name = "home"
urlpatterns = [
    path("", start.start, name="start"),
    path("board/", start.board, name="board"),
    # what a monitor asks
    path("health/live", watching.live, name="live"),
    path("health/ready", watching.ready, name="ready"),
    path("metrics", watching.counts, name="metrics"),
    # one's own data
    path("about-me/", rights.about_me, name="about_me"),
    path("about-me/ask/<slug:kind>/", rights.ask, name="ask"),
    path("about-me/zwerm.json", rights.as_json_file, name="about_me_json"),
    path("about-me/zwerm.html", rights.as_html_file, name="about_me_html"),
    # what people asked about theirs
    path("requests/", requests.request_list, name="requests"),
    path("requests/<uuid:pk>/", requests.request_answer, name="request"),
    path("requests/left/<uuid:pk>/", requests.leaver_erase, name="leaver_erase"),
]
