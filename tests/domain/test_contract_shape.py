from suyuan.domain.contract_shape import provenance


def test_provenance_is_never_unknown() -> None:
    assert [column.name for column in provenance()] == ["row_id", "source", "loaded_at"]
    assert all(column.not_null for column in provenance())
