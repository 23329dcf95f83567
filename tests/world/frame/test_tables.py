import numpy as np
import pyarrow as pa
import pytest

from suyuan.world.frame.tables import Tables, Why, first_id, is_of, row_of, table_of, words


def test_rows_get_ids_of_their_table_in_order() -> None:
    tables = Tables()
    first = tables.add("person", name=["甲", "乙"])
    more = tables.add("person", name="丙", n=2)
    assert row_of(np.concatenate([first, more])).tolist() == [0, 1, 2, 3]
    assert is_of(more, "person").all()
    assert not is_of(more, "company").any()
    assert set(table_of(first).tolist()) == set(table_of(more).tolist())
    assert first[0] == first_id("person")


def test_a_single_value_stands_in_every_row_and_what_is_not_told_is_null() -> None:
    tables = Tables()
    tables.add("account", holder_id=np.array([5, 6]), kind="card")
    tables.add("account", kind="wallet", opened_on=np.array(["2023-07-01"], "datetime64[D]"))
    assert tables.column("account", "kind").tolist() == ["card", "card", "wallet"]
    assert tables.column("account", "holder_id").tolist() == [5, 6, -1]
    assert tables.table("account")["opened_on"].null_count == 2
    assert tables.column("account", "branch").tolist() == [-1, -1, -1]


def test_coded_and_plain_texts_of_one_column_come_together() -> None:
    tables = Tables()
    tables.add("transfer", memo=words(np.array([1, 0]), ["工资", "房租"]), amount_fen=np.array([1, 2]))
    tables.add("transfer", memo=["转账"], amount_fen=[3])
    assert tables.column("transfer", "memo").tolist() == ["房租", "工资", "转账"]
    assert tables.table("transfer")["amount_fen"].to_pylist() == [1, 2, 3]


def test_every_row_says_whose_it_is() -> None:
    tables = Tables()
    tables.add("person", n=1)
    tables.add("person", Why(ring=3, step="strike"), n=1)
    tables.add("person", Why(scenario="payroll account"), n=1)
    assert tables.column("person", "_ring").tolist() == [-1, 3, -1]
    assert tables.column("person", "_step").tolist() == ["", "strike", ""]
    assert tables.column("person", "_scenario").tolist() == ["", "", "payroll account"]


def test_a_column_that_is_not_the_contracts_is_refused() -> None:
    with pytest.raises(ValueError, match="nonsense"):
        Tables().add("person", nonsense=["x"])
    with pytest.raises(ValueError, match="person_id"):
        Tables().add("person", person_id=["x"])


def test_columns_of_different_lengths_are_refused() -> None:
    with pytest.raises(ValueError, match="rows"):
        Tables().add("person", name=["甲"], birth_on=np.array(["2000-01-01", "2000-01-02"], "datetime64[D]"))


def test_a_column_can_be_laid_anew() -> None:
    tables = Tables()
    ids = tables.add("account", balance_fen=np.array([1, 2]))
    tables.put("account", "balance_fen", np.array([7, 8]))
    tables.put("account", "_held", np.array([True, False]))
    assert tables.of(ids[::-1], "balance_fen").tolist() == [8, 7]
    assert tables.table("account").schema.field("_held").type == pa.bool_()
    assert tables.counts() == {"account": 2}


def test_an_unknown_private_column_reads_as_nobody() -> None:
    tables = Tables()
    tables.add("person", n=2)
    assert tables.column("person", "_employer").tolist() == [-1, -1]


def test_a_time_that_was_never_told_is_no_time() -> None:
    tables = Tables()
    tables.add("policy", n=2)
    assert np.isnat(tables.column("policy", "surrendered_on")).all()
    assert tables.column("policy", "surrendered_on").dtype == "datetime64[D]"


def test_an_empty_table_is_of_no_ring() -> None:
    assert (Tables().column("claim", "_ring") >= 0).tolist() == []


def test_no_rows_may_be_added_of_any_sort() -> None:
    tables = Tables()
    nothing = np.zeros(0, np.int64)
    assert not len(tables.add("policy", holder_id=nothing, effective_on=tables.of(nothing, "birth_on"), kind="life"))
    tables.add("policy", kind="life", n=1)
    assert tables.column("policy", "kind").tolist() == ["life"]


def test_a_column_read_before_knows_the_rows_that_came_since() -> None:
    tables = Tables()
    for n in range(1, 40):
        tables.add("account", holder_id=np.arange(n), kind=["card"] * n, _thin=np.zeros(n, bool))
        tables.add("account", kind="wallet", n=1, _thin=True)
        for name in ("holder_id", "kind", "_thin", "opened_on", "_ring"):
            read = tables.column("account", name)
            whole = tables.table("account")
            told = whole[name].to_pylist() if name in whole.column_names else [None] * whole.num_rows
            assert [None if each == -1 else each for each in read.tolist()] == [
                None if each == -1 else each for each in told
            ]
    tables.settle()
    assert tables.column("account", "holder_id").tolist()[-3:] == [37, 38, -1]


def test_few_rows_are_taken_in_the_order_asked_for() -> None:
    tables = Tables()
    for n in (50, 7, 1, 3):
        tables.add("person", name=[f"{n}-{k}" for k in range(n)], sex="male")
    tables.add("person", _age=np.arange(2))
    rows = np.array([60, 0, 57, 56, 61, 62, 0])
    assert tables.taken("person", "name", rows).to_pylist() == ["3-2", "50-0", "1-0", "7-6", None, None, "50-0"]
    assert tables.taken("person", "_age", rows).to_pylist() == [None, None, None, None, 0, 1, None]
    assert tables.taken("person", "name", np.zeros(0, np.int64)).type == pa.string()
    assert tables.of(first_id("person") + rows[:2], "sex").tolist() == ["male", "male"]


def test_a_text_without_a_value_is_none_in_a_coded_column() -> None:
    tables = Tables()
    tables.add("transfer", memo=pa.DictionaryArray.from_arrays(pa.array([0, None], pa.int32()), ["工资"]))
    assert tables.column("transfer", "memo").tolist() == ["工资", None]


def test_what_was_read_is_not_written_to() -> None:
    tables = Tables()
    tables.add("account", kind=["card", "wallet"], balance_fen=np.array([1, 2]))
    for name in ("kind", "balance_fen"):
        with pytest.raises(ValueError, match="read-only"):
            tables.column("account", name)[0] = 0


def test_no_rows_leave_a_coded_column_coded() -> None:
    tables = Tables()
    tables.add("transfer", memo=words(np.array([0]), ["工资"]))
    tables.add("transfer", memo=words(np.zeros(0, np.int64), []))
    tables.add("transfer", memo=words(np.array([0]), ["房租"]))
    tables.settle()
    assert tables.table("transfer").schema.field("memo").type == pa.dictionary(pa.int32(), pa.string())
    assert tables.column("transfer", "memo").tolist() == ["工资", "房租"]
