import math
from collections.abc import Callable

from suyuan.lead.explain import Fired, explain, fired_of, money, reason_text, told_in
from suyuan.typology.model import Typology

Make = Callable[..., Typology]


def fired(name: str = "t.a", *, subject: str = "A", score: float = 0.5, **facts: object) -> Fired:
    return Fired(
        signal_id=f"{name}:{subject}",
        typology_id=name,
        subject_kind="account",
        subject_id=subject,
        score=score,
        amount_fen=100,
        evidence_rows=7,
        facts=facts,  # type: ignore[arg-type]
    )


def test_a_reason_says_its_numbers_with_their_units_in_both_languages(typology: Make) -> None:
    text = reason_text(
        fired(loans=25, head_cut=0.3, over_fen=741712, currency="CNY"), typology=typology("t.a"), others=0
    )
    assert text.en == "Title of t.a: loans 25; head cut 30.0%; over ¥7,417.12"
    assert text.zh == "t.a 的名称：借款笔数25，head cut30.0%，over¥7,417.12"


def test_a_number_that_is_unknown_is_left_out_and_other_subjects_are_counted(typology: Make) -> None:
    text = reason_text(fired(loans=None, head_cut=0.3), typology=typology("t.a"), others=3)
    assert text.en == "Title of t.a: head cut 30.0% (and 3 more subjects)"
    assert text.zh.endswith("（另有 3 个主体同样命中）")


def test_each_typology_is_one_reason_from_its_strongest_signal(typology: Make) -> None:
    signals = [fired(score=0.2), fired(subject="B", score=0.9), fired("t.b", score=0.4)]
    told = explain(signals, typologies={"t.a": typology("t.a"), "t.b": typology("t.b", "urgent")})
    assert [(reason.typology_id, reason.signal_id, reason.evidence_rows) for reason in told.reasons] == [
        ("t.a", "t.a:B", 14),
        ("t.b", "t.b:A", 7),
    ]
    assert told.severity == "urgent"
    assert math.isclose(sum(reason.contribution for reason in told.reasons), told.scored.score, abs_tol=1e-9)


def test_facts_are_read_from_their_json() -> None:
    row = {
        "signal_id": "s",
        "typology_id": "t",
        "subject_kind": "person",
        "subject_id": "P",
        "score": 1.0,
        "amount_fen": None,
        "evidence_rows": 0,
        "facts": '{"currency":"USD"}',
    }
    assert fired_of([row])[0].currency == "USD"


def test_values_are_told_as_people_write_them() -> None:
    assert told_in(0.305, unit="share", lang="en") == "30.5%"
    assert told_in(741712, unit="fen", lang="zh", currency="USD") == "7,417.12 USD"
    assert told_in(7, unit="days", lang="zh") == "7 天"
    assert told_in(True, unit="count", lang="zh") == "是"
    assert told_in("gathers", unit="count", lang="en") == "gathers"
    assert told_in(2.5, unit="ratio", lang="en") == "2.5 times"
    assert money(0) == "0.00"
