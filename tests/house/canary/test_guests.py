"""What every colleague knows is private for guests: the company's own carries tokens too."""

import pytest

from tests.house.canary.outsiders import private_rows
from tests.house.crawler import crawl, push
from tests.house.operations import ask_everything
from tests.house.world import World

pytestmark = pytest.mark.slow


def test_colleague_meets_what_is_kept_from_guests(company: World) -> None:
    """Without this the next two could pass because nothing is shown to anybody."""
    stranger = company.people["stranger"]
    met = {leak.carrier for leak in crawl(company, stranger)}
    assert {carrier for carrier in met if carrier.startswith("company ")} == set(company.company)


def test_guest_reads_nothing_of_the_company(company: World) -> None:
    assert [str(leak) for leak in crawl(company, company.people["guest"])] == []


def test_guest_gets_nothing_of_the_company_by_writing_and_by_the_api(company: World) -> None:
    guest, before = company.people["guest"], private_rows(company)
    assert [str(leak) for leak in ask_everything(company, guest)] == []
    assert [str(leak) for leak in push(company, guest)] == []
    assert private_rows(company) == before
