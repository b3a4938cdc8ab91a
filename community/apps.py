from django.apps import AppConfig


class CommunityConfig(AppConfig):
    name = "community"

    def ready(self) -> None:
        """Hear of sign-ins, which Django and allauth tell by signals only."""
        from community.sessions import sign_in
        from community.two_step import changes

        sign_in.connect()
        changes.connect()
