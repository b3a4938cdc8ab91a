"""All models of the area, for Django's registry."""

from learning.collections.models import (
    Collection,
    CollectionCurator,
    CollectionFollow,
    CollectionItem,
)

__all__ = ["Collection", "CollectionCurator", "CollectionFollow", "CollectionItem"]
