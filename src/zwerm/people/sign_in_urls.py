"""Signing in: only the pages of allauth that Zwerm uses, and where one decides how one signs in."""

from allauth.account import views
from allauth.mfa.base import views as step
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.webauthn import views as passkey
from django.urls import path
from django.views.decorators.cache import never_cache

from zwerm.people import sign_in_views as ours
from zwerm.people.even_time import in_even_time
from zwerm.people.http import freshly_signed_in
from zwerm.people.oidc import views as school

ask_for_code = in_even_time(school.SignInView.as_view())

urlpatterns = [
    path("sign-in/", ask_for_code, name="account_request_login_code"),
    # allauth looks for its page with a password by this name: ours has none, and is the same page.
    path("sign-in/", ask_for_code, name="account_login"),
    path(
        "sign-in/code/", in_even_time(views.confirm_login_code), name="account_confirm_login_code"
    ),
    path("sign-in/step/", step.authenticate, name="mfa_authenticate"),
    path("sign-in/passkey/", never_cache(passkey.login_webauthn), name="mfa_login_webauthn"),
    # the school's own sign-in; allauth looks for its pages by the first two names
    path("school/<slug:provider_id>/", school.start, name="openid_connect_login"),
    path("school/<slug:provider_id>/back/", school.callback, name="openid_connect_callback"),
    path("signing-in/school/who/", school.link, name="school_link"),
    path("signing-in/school/<slug:provider_id>/", school.begin, name="school_begin"),
    path("signing-in/school/<slug:provider_id>/end/", school.unlink, name="school_unlink"),
    path("sign-out/", never_cache(views.logout), name="account_logout"),
    # who is signed in proves once more who they are
    path("once-more/", ours.once_more, name="account_reauthenticate"),
    path("once-more/step/", never_cache(step.reauthenticate), name="mfa_reauthenticate"),
    path(
        "once-more/passkey/",
        never_cache(passkey.reauthenticate_webauthn),
        name="mfa_reauthenticate_webauthn",
    ),
    # how one signs in
    path("signing-in/", ours.overview, name="mfa_index"),
    path("signing-in/go-on/", ours.go_on, name="go_on"),
    path("signing-in/app/", freshly_signed_in(ours.AppView.as_view()), name="mfa_activate_totp"),
    path("signing-in/app/end/", freshly_signed_in(ours.take_away), name="mfa_deactivate_totp"),
    path(
        "signing-in/passkey/",
        freshly_signed_in(ours.PasskeyView.as_view()),
        name="mfa_add_webauthn",
    ),
    path(
        "signing-in/passkey/<int:pk>/name/",
        freshly_signed_in(ours.NameView.as_view()),
        name="mfa_edit_webauthn",
    ),
    path(
        "signing-in/passkey/<int:pk>/end/",
        freshly_signed_in(ours.take_away),
        name="mfa_remove_webauthn",
    ),
    path(
        "signing-in/codes/",
        freshly_signed_in(codes.view_recovery_codes),
        name="mfa_view_recovery_codes",
    ),
    path(
        "signing-in/codes/new/",
        freshly_signed_in(ours.RenewView.as_view()),
        name="mfa_generate_recovery_codes",
    ),
]
