"""argon2 within the memory of a small machine."""

import threading

from django.contrib.auth.hashers import Argon2PasswordHasher


class BoundedArgon2(Argon2PasswordHasher):
    """argon2id with 19 MiB, t=2, p=1 (OWASP's second choice) and at most two hashes at once.

    With Django's 100 MiB twenty sign-ins at the same time peak at 1.7 GiB.
    """

    memory_cost = 19 * 1024
    time_cost = 2
    parallelism = 1
    _places = threading.BoundedSemaphore(2)

    def encode(self, password: str, salt: str) -> str:
        with self._places:
            encoded: str = super().encode(password, salt)
        return encoded

    def verify(self, password: str, encoded: str) -> bool:
        with self._places:
            return super().verify(password, encoded)
