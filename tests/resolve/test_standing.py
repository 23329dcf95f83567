from suyuan.resolve.standing import WEIGHED_PAIR, WEIGHED_PROFILE, Standing


def test_ids_alone_stand_where_nothing_that_was_weighed_still_counts() -> None:
    standing = Standing(ids={})
    assert standing.profiles.schema.equals(WEIGHED_PROFILE)
    assert standing.pairs.schema.equals(WEIGHED_PAIR)
    assert (standing.profiles.num_rows, standing.pairs.num_rows, dict(standing.models)) == (0, 0, {})
