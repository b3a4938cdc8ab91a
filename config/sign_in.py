"""Rules and forms of signing in; config/settings.py reads this."""

AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 15},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "name", "handle")},
    },
    {"NAME": "community.accounts.passwords.PatternValidator"},
    {"NAME": "community.accounts.passwords.MaximumLengthValidator"},
]
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
    "reset_password": "20/m/ip,5/m/key",
    "change_password": "5/m/user",
    # Also by the link of an invitation.
    "signup": "20/m/ip,5/h/key",
}
MFA_FORMS = {
    "authenticate": "community.two_step.forms.AuthenticateForm",
    "authenticate_webauthn": "community.two_step.forms.UsePasskeyForm",
    "reauthenticate": "community.two_step.forms.ReauthenticateForm",
    "reauthenticate_webauthn": "community.two_step.forms.ConfirmPasskeyForm",
    "activate_totp": "community.two_step.forms.ActivateAppForm",
    "add_webauthn": "community.two_step.forms.AddPasskeyForm",
    "login_webauthn": "community.two_step.forms.LoginPasskeyForm",
}
