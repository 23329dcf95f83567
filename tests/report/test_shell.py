import base64
import hashlib

from suyuan.report.shell import dress, environment


def test_the_digest_is_that_of_the_style_the_page_carries() -> None:
    worn = dress(lang="zh")
    assert base64.b64encode(hashlib.sha256(worn["style"].encode()).digest()).decode() == worn["style_digest"]
    assert worn["theme"] == "auto"


def test_texts_are_escaped_and_the_style_is_not() -> None:
    page = environment().from_string("{{ text }}{{ style }}")
    assert page.render(text="<b>", style=dress(lang="en")["style"]).startswith("&lt;b&gt;:root{")
