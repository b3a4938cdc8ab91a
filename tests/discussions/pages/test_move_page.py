"""What the preview of a move says."""

import pytest
from django.test import Client

from community.accounts.models import User
from community.spaces.models import Role, Space
from discussions.topics.models import Topic
from tests.factories.community import add_member

BACK = "only those who do can move it back"


@pytest.mark.parametrize(("role", "is_one_way"), [(Role.MEMBER, True), (Role.MODERATOR, False)])
def test_move_to_where_one_looks_after_nothing_is_said_to_be_one_way(
    client: Client, question: Topic, secret: Space, zed: User, role: Role, is_one_way: bool
) -> None:
    add_member(question.space, zed, actor=None, role=Role.MODERATOR)
    add_member(secret, zed, actor=None, role=role)
    client.force_login(zed)
    page = client.get(f"/topics/{question.public_id}/move?to={secret.slug}").content.decode()
    assert f"If it moves to {secret.name}" in page
    assert (BACK in page) is is_one_way
