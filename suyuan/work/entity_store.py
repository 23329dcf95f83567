"""Resolutions on disk: which there are, which is the last, and what the next one needs of it."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from suyuan.domain.errors import NotFound
from suyuan.domain.workspace import Workspace
from suyuan.resolve.model.weights import Model
from suyuan.resolve.standing import Standing, Weighed
from suyuan.work.kept import Kept, broken, day_of, last_of, told_of, write_sorted
from suyuan.work.run_inputs import weighing

TABLES = ("entity", "entity_member", "entity_redirect", "entity_anchor", "entity_pair")
"""The contracted tables of a resolution."""

IDS = ("entity_anchor", "entity_member", "entity_redirect")

TOLD = "resolution.json"  # what it depends on and what it found; no clock
_MODEL = "model_{kind}.json"


@dataclass(frozen=True, kw_only=True)
class ResolutionInfo(Kept):
    """A finished answer to who is who; `told` is `resolution.json`."""

    resolution_id: str

    def standing(self) -> Standing:
        """Return what the next resolution builds on: its ids, and its weights if this version still weighs alike.

        Raises:
            DataError: A file is gone or broken.
        """
        ids = {table: self.read(table) for table in IDS}
        if self.told["weighing"] != weighing():
            return Standing(ids=ids)
        return Standing(
            ids=ids,
            profiles=self.read("weighed_profile"),
            pairs=self.read("weighed_pair"),
            models={kind: self._model(kind) for kind in self.told["models"]},
        )

    def _model(self, kind: str) -> Model:
        file = _MODEL.format(kind=kind)
        try:
            return Model.from_json((self.folder / file).read_text(encoding="utf-8"))
        except (OSError, ValueError, KeyError, TypeError) as fault:
            raise broken(self.folder.name, file, fault) from fault


def write_weighed(folder: Path, weighed: Weighed) -> None:
    """Write to `folder` what `ResolutionInfo.standing` reads beside the contracted tables."""
    write_sorted(folder / "weighed_profile.parquet", weighed.profiles, by=weighed.profiles.column_names)
    write_sorted(folder / "weighed_pair.parquet", weighed.pairs, by=weighed.pairs.column_names)
    for kind, model in weighed.models.items():
        (folder / _MODEL.format(kind=kind)).write_text(model.to_json(), encoding="utf-8")


def resolutions(workspace: Workspace) -> list[ResolutionInfo]:
    """Return the finished resolutions of `workspace`, oldest first.

    Raises:
        DataError: A `resolution.json` cannot be read.
    """
    found = [_info(path.parent) for path in workspace.entities.glob(f"*/{TOLD}")]
    return sorted(found, key=lambda one: one.number)


def _info(folder: Path) -> ResolutionInfo:
    told = told_of(folder, TOLD)
    if not isinstance(told.get("models"), list) or "weighing" not in told:
        raise broken(folder.name, TOLD, KeyError("models"))
    return ResolutionInfo(
        resolution_id=folder.name,
        number=told["number"],
        as_of=day_of(told),
        inputs=told["inputs"],
        folder=folder,
        told=told,
    )


def latest(workspace: Workspace, *, as_of: date | None = None) -> ResolutionInfo:
    """Return the resolution to look at: the last of `as_of`; without it the last that saw everything, else the last.

    Raises:
        NotFound: There is none.
    """
    found = last_of(resolutions(workspace), as_of=as_of)
    if found is None:
        day = as_of.isoformat() if as_of else ""
        raise NotFound("resolve.none_of_day" if as_of else "resolve.none", workspace=workspace.root, day=day)
    return found
