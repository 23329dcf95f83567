from suyuan.domain.contract_check import check_between, check_one
from suyuan.domain.contract_shape import Column, Contract, Label, frozen_columns


def contract(table: str, *columns: Column) -> Contract:
    return Contract(
        table=table,
        version=1,
        chain="funds",
        title=Label(en=table, zh=f"表{table}"),
        grain=Label(en="one row", zh="一行"),
        key=(columns[0].name,),
        event_time=None,
        known_time=None,
        ftm=None,
        columns=frozen_columns(list(columns)),
    )


def column(name: str, **changes: object) -> Column:
    plain: dict[str, object] = {"type": "text", "null": "never", "label": Label(en=name, zh=f"列{name}"), "grade": "C1"}
    return Column(name=name, **(plain | changes))  # type: ignore[arg-type]


def test_a_sound_contract_has_no_faults() -> None:
    sound = contract("thing", column("thing_id"), column("owner_id", refs=("thing.thing_id",), null="none"))
    assert check_one("f", sound) == []
    assert check_between({"f": sound}) == []


def test_a_later_key_is_refused() -> None:
    found = check_one("f", contract("thing", column("thing_id", later=True, null="not_yet")))
    assert {fault.key for fault in found} == {"contract.key_null"}


def test_references_are_checked_against_all_tables() -> None:
    one = contract("one", column("one_id"))
    two = contract("two", column("two_id"), column("one_id", refs=("one.one_id", "three.x")))
    assert [(fault.file, fault.key) for fault in check_between({"1": one, "2": two})] == [("2", "contract.ref_table")]
