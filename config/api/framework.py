"""How REST framework and the description of the API are set; config/settings.py reads this."""

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "community.tokens.authentication.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["community.tokens.permissions.MayUse"],
    "DEFAULT_THROTTLE_CLASSES": ["community.http.api.throttles.PersonThrottle"],
    "DEFAULT_PARSER_CLASSES": ["community.http.api.json.Parser"],
    "DEFAULT_RENDERER_CLASSES": ["community.guests.renderers.AsToldTo"],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "community.http.api.json.AlwaysJson",
    "DEFAULT_METADATA_CLASS": None,
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "community.http.api.errors.as_problem",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Guildhall",
    "DESCRIPTION": "Everything that a person can do on the pages, for programs.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "POSTPROCESSING_HOOKS": ["config.api.schema.drop_enum_ids"],
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "SERVE_INCLUDE_SCHEMA": False,
}
