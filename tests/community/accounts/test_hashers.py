import importlib
import threading
import time

from django.contrib.auth.hashers import check_password, make_password
from pytest_django import Settings

from community.accounts.hashers import BoundedArgon2


def test_hash_of_the_site_is_argon2id_with_19_mib_two_passes_and_one_lane(
    settings: Settings,
) -> None:
    settings.PASSWORD_HASHERS = importlib.import_module("config.settings").PASSWORD_HASHERS
    encoded = make_password("correct horse battery staple")

    assert encoded.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")
    assert check_password("correct horse battery staple", encoded)
    assert not check_password("another", encoded)


def test_no_more_than_two_hashes_are_made_at_once(monkeypatch: object) -> None:
    """Twenty sign-ins at the same time must not take twenty times the memory."""
    running, most, lock = 0, 0, threading.Lock()

    class Counting(BoundedArgon2):
        def params(self) -> object:
            nonlocal running, most
            with lock:
                running += 1
                most = max(most, running)
            time.sleep(0.02)
            with lock:
                running -= 1
            return super().params()

    threads = [
        threading.Thread(target=Counting().encode, args=("password", "saltsaltsalt"))
        for _ in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert most == 2
