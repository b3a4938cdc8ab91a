"""PostgreSQL, Redis, Elasticsearch and Chromium for tests, with the standard library alone."""
