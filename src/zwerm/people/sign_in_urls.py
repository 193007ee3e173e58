"""Signing in: only the pages of allauth that Zwerm uses."""

from allauth.account import views
from django.urls import path
from django.views.decorators.cache import never_cache

urlpatterns = [
    path("sign-in/", views.request_login_code, name="account_request_login_code"),
    # allauth looks for its page with a password by this name: ours has none, and is the same page.
    path("sign-in/", views.request_login_code, name="account_login"),
    path("sign-in/code/", views.confirm_login_code, name="account_confirm_login_code"),
    path("sign-out/", never_cache(views.logout), name="account_logout"),
]
