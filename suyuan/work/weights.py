"""Says in words and bits why two ids of institutions were or were not held to be one."""

from collections.abc import Mapping
from typing import Any

from suyuan.domain.errors import DataError
from suyuan.domain.say import say
from suyuan.resolve.model.explain import explained
from suyuan.resolve.model.weights import Model
from suyuan.work.entity_store import ResolutionInfo
from suyuan.work.kept import broken

PRIOR = "prior"


class Weights:
    """The models of one resolution, each read when it is first asked for."""

    def __init__(self, resolution: ResolutionInfo) -> None:
        """Remember whose models they are."""
        self._resolution = resolution
        self._models: dict[str, Model] = {}

    def told(self, pair: Mapping[str, Any]) -> list[dict[str, Any]]:
        """Return what each comparison of `pair` (a row of `entity_pair`) weighs, the heaviest first.

        Of each: `about` (its name), `comparison` and `level` in the language spoken, `bits` (above 0 speaks for one,
        below for two). What was not told on both sides does not appear. `prior`, how unlikely two records drawn at
        random are one, comes last. All bits add up to the pair's `weight`. Empty where the pair was not weighed.

        Raises:
            DataError: The model is gone or broken.
        """
        if not pair["levels"] or pair["weight"] is None:
            return []
        reasons = explained(self._model(pair["kind"]), _levels(pair["levels"]), pair["weight"])
        told: list[dict[str, Any]] = [
            {
                "about": one.comparison,
                "comparison": say(one.label),
                "level": "" if one.level == one.label else say(one.level),
                "bits": one.bits,
            }
            for one in reasons
        ]
        return sorted(told, key=lambda one: one["about"] == PRIOR)

    def _model(self, kind: str) -> Model:
        if kind not in self._models:
            file = self._resolution.folder / f"model_{kind}.json"
            try:
                self._models[kind] = Model.from_json(file.read_text(encoding="utf-8"))
            except OSError as fault:
                raise broken(self._resolution.folder.name, file.name, fault) from fault
        return self._models[kind]


def _levels(text: str) -> dict[str, int]:
    """Return comparison → level of `name=5;birth=4`.

    Raises:
        DataError: It reads otherwise.
    """
    try:
        return {name: int(level) for name, level in (part.split("=") for part in text.split(";"))}
    except ValueError as fault:
        raise DataError("entities.bad_levels", told=text) from fault
