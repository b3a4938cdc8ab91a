"""What stands on the page of a topic."""

import re

from django.test import Client

from discussions.topics.models import Topic

ARTICLE = re.compile(r'<article class="post" id="p(\d+)"')


def page(client: Client, topic: Topic, query: str = "") -> str:
    response = client.get(topic.get_absolute_url() + query)
    assert response.status_code == 200
    return response.content.decode()


def shown(html: str) -> list[int]:
    """The numbers of the posts, from top to bottom."""
    return [int(number) for number in ARTICLE.findall(html)]
