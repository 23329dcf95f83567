"""Writes the scores of `suyuan evaluate` as one HTML file."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from suyuan.domain.errors import DataError
from suyuan.domain.say import spoken
from suyuan.report.score_page import score_page
from suyuan.world.frame.names import names


def write_scores(html: Path, told: Mapping[str, Any]) -> None:
    """Write the page of the document `told` to `html`, in the language spoken; the other is in the file too.

    Raises:
        DataError: It cannot be written.
    """
    page = score_page(told, lang=spoken.get(), names=names())
    try:
        html.parent.mkdir(parents=True, exist_ok=True)
        html.write_text(page, encoding="utf-8")
    except OSError as fault:
        raise DataError("evaluate.unwritten", html=html, why=fault.strerror or str(fault)) from fault
