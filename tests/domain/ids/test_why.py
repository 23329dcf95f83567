from suyuan.domain.errors import DataError
from suyuan.domain.ids.why import Why
from suyuan.domain.say import spoken


def test_a_reason_reads_in_both_languages_and_becomes_an_error() -> None:
    why = Why(key="ids.mobile_start", values={"given": "***", "start": "12"})
    token = spoken.set("zh")
    try:
        assert "以 12 开头" in str(why)
    finally:
        spoken.reset(token)
    error = why.error()
    assert isinstance(error, DataError)
    assert (error.key, error.values) == (why.key, why.values)
