"""Runs on disk: which there are, which is the last, and what they hold."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from suyuan.domain.errors import NotFound
from suyuan.domain.workspace import Workspace
from suyuan.lead.lead import TABLES as LEAD_TABLES
from suyuan.work.kept import Kept, day_of, last_of, told_of

OUTPUTS = (
    *("entity", "entity_member", "entity_anchor", "entity_redirect", "transfer", "transfer_witness", "loan_cost"),
    *("signal", "signal_evidence", *LEAD_TABLES),
)
"""The tables of a run, in the order in which they come to be."""

TOLD = "run.json"  # what ran, was skipped and why; no clock
REPORT = "report.html"


@dataclass(frozen=True, kw_only=True)
class RunInfo(Kept):
    """A finished run; `told` is `run.json`."""

    run_id: str

    @property
    def report(self) -> Path:
        """Its HTML report."""
        return self.folder / REPORT


def runs(workspace: Workspace) -> list[RunInfo]:
    """Return the finished runs of `workspace`, oldest first.

    Raises:
        DataError: A run's `run.json` cannot be read.
    """
    found = [_info(path.parent) for path in sorted(workspace.runs.glob(f"*/{TOLD}"))]
    return sorted(found, key=lambda run: run.number)


def _info(folder: Path) -> RunInfo:
    told = told_of(folder, TOLD)
    return RunInfo(
        run_id=folder.name,
        number=told["number"],
        as_of=day_of(told),
        inputs=told["inputs"],
        folder=folder,
        told=told,
    )


def latest(workspace: Workspace, *, as_of: date | None = None) -> RunInfo:
    """Return the run to look at: the last one of `as_of`; without it the last that saw everything, else the last.

    Raises:
        NotFound: There is none.
    """
    found = last_of(runs(workspace), as_of=as_of)
    if found is None:
        day = as_of.isoformat() if as_of else ""
        raise NotFound("run.none_of_day" if as_of else "run.none", workspace=workspace.root, day=day)
    return found
