from datetime import datetime

import pytest

from suyuan.ledger.event import START, canonical, digest_of, time_text


def test_canonical_text_does_not_depend_on_the_order_of_keys() -> None:
    assert canonical({"b": [1, None], "a": {"d": 1.5, "c": "团伙"}}) == canonical(
        {"a": {"c": "团伙", "d": 1.5}, "b": [1, None]}
    )


def test_a_number_without_a_value_is_refused() -> None:
    with pytest.raises(ValueError, match="JSON"):
        canonical({"score": float("nan")})


def test_every_part_counts_in_the_digest() -> None:
    parts: dict[str, str] = {"actor": "a", "kind": "k", "subject": "s", "why": "w", "body": "{}", "before": START}
    time = time_text(datetime.fromisoformat("2026-01-02T03:04:05"))
    digests = {digest_of(seq=1, recorded_at=time, **parts), digest_of(seq=2, recorded_at=time, **parts)}
    digests |= {digest_of(seq=1, recorded_at=time, **{**parts, name: "changed"}) for name in parts}
    digests.add(digest_of(seq=1, recorded_at="changed", **parts))
    assert len(digests) == 9


def test_neighbouring_parts_cannot_trade_letters() -> None:
    first = digest_of(seq=1, recorded_at="t", actor="ab", kind="c", subject="", why="", body="", before="")
    second = digest_of(seq=1, recorded_at="t", actor="a", kind="bc", subject="", why="", body="", before="")
    assert first != second
