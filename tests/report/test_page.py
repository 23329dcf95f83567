import re
import shutil
import subprocess
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest

from suyuan.domain.say import Lang
from suyuan.lead.story import Story
from suyuan.report.overview import Overview
from suyuan.report.page import render
from suyuan.report.shell import Theme

HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>{{ 7*7 }}"
CHROMIUM = next(
    (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
)

Stories = Callable[..., Story]
Overviews = Callable[..., Overview]


class Outline(HTMLParser):
    """Collects tags, attributes and the languages of texts."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.langs: list[str | None] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        self.langs += [value for name, value in attrs if name == "lang"]


def outline(page: str) -> Outline:
    parser = Outline()
    parser.feed(page)
    return parser


def test_the_page_asks_nobody_for_anything_and_runs_no_script(story: Stories, overview: Overviews) -> None:
    found = outline(render(overview(), [story()], lang="zh"))
    assert not {"script", "iframe", "object", "form"} & set(found.tags)
    linked = [value or "" for name, value in found.attributes if name in {"src", "href", "action", "data"}]
    assert all(value.startswith(("#", "data:")) for value in linked)
    assert not [name for name, _ in found.attributes if name.startswith("on") or name == "style"]


def test_a_strict_policy_allows_the_pages_own_style_only(story: Stories, overview: Overviews) -> None:
    page = render(overview(), [story()], lang="zh")
    assert "default-src 'none'; style-src 'sha256-" in page
    assert "unsafe" not in page
    assert "url(" not in page


def test_hostile_names_stay_text(story: Stories, overview: Overviews) -> None:
    page = render(overview(HOSTILE), [story(HOSTILE)], lang="en")
    assert "<script" not in page
    assert "<img" not in page
    assert "{{ 7*7 }}" in page
    assert "&lt;script&gt;" in page


def test_both_languages_say_everything(story: Stories, overview: Overviews) -> None:
    langs = outline(render(overview(), [story()], lang="zh")).langs[1:]
    assert langs.count("zh") == langs.count("en") > 60
    page = render(overview(), [story()], lang="en")
    assert '<html lang="en">' in page
    assert "为什么推送这条线索" in page
    assert "Why this lead was raised" in page


def test_people_are_masked_and_firms_are_not(story: Stories, overview: Overviews) -> None:
    page = render(overview(), [story("捷融网络科技有限公司")], lang="zh")
    assert "张三丰" not in page
    assert "张**" in page
    assert "6222005865412560019" not in page
    assert "捷融网络科技有限公司" in page


def test_the_same_run_is_the_same_page(story: Stories, overview: Overviews) -> None:
    assert render(overview(), [story()], lang="zh") == render(overview(), [story()], lang="zh")


def test_a_run_without_leads_says_so(overview: Overviews) -> None:
    assert "没有模型命中" in render(overview(leads=0), [], lang="zh")


def test_every_link_leads_somewhere(story: Stories, overview: Overviews) -> None:
    page = render(overview(), [story()], lang="zh")
    names = set(re.findall(r'id="([^"]+)"', page))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= names


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="no chromium on the path: apt install chromium")
@pytest.mark.parametrize(("lang", "theme"), [("zh", "light"), ("en", "dark")])
def test_the_page_opens_in_chromium_without_a_word_on_the_console(
    story: Stories, overview: Overviews, tmp_path: Path, lang: Lang, theme: Theme
) -> None:
    (tmp_path / "report.html").write_text(
        render(overview(HOSTILE), [story(HOSTILE)], lang=lang, theme=theme), encoding="utf-8"
    )
    log = tmp_path / "net.json"
    told = subprocess.run(
        [
            CHROMIUM or "",
            *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
            *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
            f"--user-data-dir={tmp_path / 'profile'}",
            "--enable-logging=stderr",
            f"--log-net-log={log}",
            "--window-size=1400,2400",
            f"--screenshot={tmp_path / 'page.png'}",
            (tmp_path / "report.html").as_uri(),
        ],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    assert "CONSOLE" not in told.stderr, told.stderr
    assert (tmp_path / "page.png").stat().st_size > 50_000
    asked = set(re.findall(r'"url":"(https?://[^"]+)"', log.read_text(encoding="utf-8", errors="replace")))
    assert not [url for url in asked if "google" not in url and "gvt1" not in url], asked
