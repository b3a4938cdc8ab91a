"""The document classes that search is built on work against a real Elasticsearch."""

import secrets

import pytest

pytestmark = pytest.mark.service("elasticsearch")


def test_elasticsearch_finds_indexed_document(elasticsearch_url: str) -> None:
    from elasticsearch import Elasticsearch
    from elasticsearch.dsl import Document, Keyword, Text

    class Topic(Document):
        title = Text(analyzer="english")
        space = Keyword()

    name = f"test-{secrets.token_hex(6)}"
    client = Elasticsearch(elasticsearch_url)
    try:
        Topic.init(index=name, using=client)
        for title, space in (("Resetting passwords", "it"), ("Resetting passwords", "sales")):
            Topic(title=title, space=space).save(index=name, using=client, refresh=True)
        found = (
            Topic.search(using=client, index=name)
            .filter("term", space="it")
            .query("match", title="reset password")
            .execute()
        )
    finally:
        client.indices.delete(index=name, ignore_unavailable=True)
        client.close()
    assert [hit.to_dict() for hit in found] == [{"title": "Resetting passwords", "space": "it"}]
