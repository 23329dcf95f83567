from suyuan.world.ledgers import Ledgers
from suyuan.world.papers import papers


def test_every_paper_has_a_head_even_when_there_is_nothing_to_tell() -> None:
    told = papers(Ledgers())
    assert len(told) == 10
    heads = [content.decode("utf-8-sig").splitlines() for content in told.values()]
    assert all(len(lines) == 1 and lines[0].count(",") >= 3 for lines in heads)
    assert len({lines[0] for lines in heads}) == 10
