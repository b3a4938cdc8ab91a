"""Addresses of two-step sign-in. allauth reverses its own names, so they stay."""

from allauth.account import views as account_views
from allauth.mfa.base import views as base_views
from allauth.mfa.recovery_codes import views as code_views
from allauth.mfa.totp import views as totp_views
from allauth.mfa.webauthn import views as passkey_views
from django.contrib.auth.decorators import login_not_required
from django.urls import path
from django.views.generic import RedirectView

from community.two_step import views

to_account = RedirectView.as_view(pattern_name="my_account")
login_passkey = login_not_required(passkey_views.login_webauthn)

urlpatterns = [
    path("account/reauthenticate/", account_views.reauthenticate, name="account_reauthenticate"),
    path("account/2fa/", to_account, name="mfa_index"),
    path("account/2fa/required/", views.required, name="two_step_required"),
    path("account/2fa/authenticate/", base_views.authenticate, name="mfa_authenticate"),
    path("account/2fa/reauthenticate/", base_views.reauthenticate, name="mfa_reauthenticate"),
    path("account/2fa/app/", totp_views.activate_totp, name="mfa_activate_totp"),
    path("account/2fa/app/removal/", totp_views.deactivate_totp, name="mfa_deactivate_totp"),
    path("account/2fa/codes/", views.recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "account/2fa/codes/new/",
        code_views.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path(
        "account/2fa/codes/download/",
        views.recovery_codes_download,
        name="mfa_download_recovery_codes",
    ),
    path("account/2fa/passkeys/", to_account, name="mfa_list_webauthn"),
    path("account/2fa/passkeys/login/", login_passkey, name="mfa_login_webauthn"),
    path("account/2fa/passkeys/add/", passkey_views.add_webauthn, name="mfa_add_webauthn"),
    path(
        "account/2fa/passkeys/use/",
        passkey_views.reauthenticate_webauthn,
        name="mfa_reauthenticate_webauthn",
    ),
    path("account/2fa/passkeys/<str:public_id>/", views.passkey_edit, name="passkey_edit"),
    path(
        "account/2fa/passkeys/<str:public_id>/removal/", views.passkey_remove, name="passkey_remove"
    ),
    path("admin/people/<str:handle>/two-step/reset", views.two_step_reset, name="two_step_reset"),
]
