"""One line per room."""

from django.urls import include, path

from zwerm.core.security_txt import security_txt

urlpatterns = [
    path("", include("zwerm.home.urls")),
    path("scan/", include("zwerm.scans.urls")),
    path("people/", include("zwerm.people.urls")),
    path("account/", include("zwerm.people.sign_in_urls")),
    path(".well-known/security.txt", security_txt, name="security_txt"),
    path("language/", include("django.conf.urls.i18n")),
]

handler500 = "zwerm.core.views.went_wrong"
