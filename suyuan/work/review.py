"""`suyuan resolve review`: which pairs a person should look at, those first whose answer changes most leads."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

import pyarrow as pa
import pyarrow.compute as pc

from suyuan.domain.errors import NotFound
from suyuan.domain.workspace import Workspace
from suyuan.engine.duck import DuckEngine
from suyuan.lead.story import Cell
from suyuan.resolve.implied import Implied
from suyuan.resolve.judgement import Judgement, Kind
from suyuan.sources import lake
from suyuan.work.entity_book import EntityBook, Row
from suyuan.work.entity_store import latest as latest_resolution
from suyuan.work.entity_told import card, of_one_number, told_of
from suyuan.work.judge import known_judgements
from suyuan.work.review_queue import lay_judged, plan
from suyuan.work.run_store import RunInfo
from suyuan.work.run_store import latest as latest_run
from suyuan.work.weights import Weights

MOST = 20
_ENDS = ("left", "right")
MOST_LEADS = 10  # listed of each question; `leads` counts them all

_NO_LEADS = {
    "lead": pa.schema([("lead_id", pa.string()), ("score", pa.float64())]),
    "lead_member": pa.schema([(name, pa.string()) for name in ("lead_id", "kind", "member_id")]),
}


@dataclass(frozen=True, kw_only=True)
class Side:
    """One side of a question: an institution's id, the entity it stands in, and what the institution tells."""

    lake_id: str
    source: str
    entity: Row
    row: Mapping[str, Cell]

    def to_json(self) -> dict[str, Any]:
        """Return it as one document; `row` is masked by the contract of `table`."""
        plain = {"kind": self.entity["kind"], "name": self.entity["name"], "entity_id": self.entity["entity_id"]}
        told = {"lake_id": self.lake_id, "source": self.source, "table": self.entity["kind"], "row": dict(self.row)}
        return {**told, **plain, "records": self.entity["records"]}


@dataclass(frozen=True, kw_only=True)
class Question:
    """Two ids of institutions: is it one person, firm or account?"""

    pair: Row
    left: Side
    right: Side
    agreed: Sequence[Mapping[str, Any]]
    leads: Sequence[Mapping[str, Any]]

    @property
    def ids(self) -> tuple[str, str]:
        """The two ids that are judged."""
        return self.left.lake_id, self.right.lake_id

    def to_json(self) -> dict[str, Any]:
        """Return it as one document; `differs` and `agrees` name columns that both sides tell, compared unmasked."""
        plain = ("kind", "weight", "probability", "decision", "why", "chance")
        both = [name for name in self.left.row if name in self.right.row]
        return {
            **{name: self.pair[name] for name in plain},
            "left": self.left.to_json(),
            "right": self.right.to_json(),
            "agrees": [name for name in both if self.left.row[name] == self.right.row[name]],
            "differs": [name for name in both if self.left.row[name] != self.right.row[name]],
            "agreed": list(self.agreed),
            "changes": {
                "leads": self.pair["leads"],
                "score": self.pair["lead_score"],
                "listed": list(self.leads),
            },
        }


@dataclass(frozen=True, kw_only=True)
class Asked:
    """The first questions of `open_questions` still open; `run_id` is null where no run says what leads there are."""

    questions: tuple[Question, ...]
    open_questions: int
    resolution_id: str
    resolution_no: int
    run_id: str | None

    def to_json(self) -> dict[str, Any]:
        """Return them as one document."""
        told = {name: getattr(self, name) for name in ("open_questions", "resolution_id", "resolution_no", "run_id")}
        return {**told, "questions": [one.to_json() for one in self.questions]}


class Review:
    """An open queue of questions about the last resolution. Each call of `asked` takes new judgements into account."""

    def __init__(self, workspace: Workspace) -> None:
        """Open the last resolution, and the leads of the last run where there is one.

        Raises:
            NotFound: There is no resolution.
        """
        self._workspace = workspace
        resolution = latest_resolution(workspace)
        self._run = _last_run(workspace)
        self._files = lake.tables(workspace)
        self._weights = Weights(resolution)
        self._book = EntityBook(resolution)
        self._engine = DuckEngine()
        for table in ("entity", "entity_pair", "entity_redirect"):
            self._engine.scan(table, [resolution.file(table)])
        for table, schema in _NO_LEADS.items():
            if self._run:
                self._engine.scan(table, [self._run.file(table)])
            else:
                self._engine.write(table, schema.empty_table())

    def __enter__(self) -> Self:
        """Return the open queue."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let go of the files."""
        self._book.__exit__(kind, error, trace)
        self._engine.close()

    def asked(self, *, most: int = MOST) -> Asked:
        """Return the first `most` questions, best asked first.

        What somebody has answered (unsure too) is not asked again, nor what follows: of a group of entities that people
        said are one, and of two groups that differ; within an entity, of ids that a certain number or `same` joins. An
        entity counts as it stands: whoever differs from one of its ids differs from it.

        Raises:
            DataError: A table or a file of the lake cannot be read.
        """
        judged = known_judgements(self._workspace)
        homes = self._homes(judged)
        told = [(one, *pair) for one in judged if (pair := _at(one, homes))]
        implied = Implied(
            same=[(left, right) for one, left, right in told if one.answer == "same"],
            different=[(left, right) for one, left, right in told if one.answer != "same"],
        )
        asked = [pair for pair in implied.apart() if pair[0] != pair[1]]
        settled = self._settled([one for one, left, right in told if left == right], homes)
        lay_judged(self._engine, groups=implied.groups(), asked=asked, settled=settled)
        self._engine.run(plan(most=most))
        return Asked(
            questions=tuple(self._questions(self._engine.read("question_ranked").to_pylist())),
            open_questions=self._engine.read("question", columns=["kind"]).num_rows,
            resolution_id=self._book.resolution.resolution_id,
            resolution_no=self._book.resolution.number,
            run_id=self._run.run_id if self._run else None,
        )

    def _homes(self, judged: Sequence[Judgement]) -> dict[tuple[str, str], str]:
        """Return (kind, lake id) → entity of all judged ids that the resolution knows."""
        ids = sorted({one for each in judged for one in (each.left, each.right)})
        sql = (
            "select kind, lake_id, min(entity_id) as entity_id from entity_member where list_contains($ids, lake_id)"
            " group by kind, lake_id"
        )
        return {(row["kind"], row["lake_id"]): row["entity_id"] for row in self._book.rows(sql, {"ids": ids})}

    def _settled(self, judged: Sequence[Judgement], homes: Mapping[tuple[str, str], str]) -> list[tuple[str, str, str]]:
        """Return the joined pairs (kind, left, right) whose answer follows from `judged`, each within one entity."""
        found: list[tuple[str, str, str]] = []
        for entity_id in sorted({homes[one.kind, one.left] for one in judged}):
            inside = [one for one in judged if homes[one.kind, one.left] == entity_id]
            kind: Kind = inside[0].kind
            members = self._book.members(entity_id)
            implied = Implied(
                same=[
                    *((one.left, one.right) for one in inside if one.answer == "same"),
                    *of_one_number(told_of(members, kind=kind, files=self._files), kind=kind),
                ],
                different=[(one.left, one.right) for one in inside if one.answer != "same"],
            )
            pairs = [(row["left_lake_id"], row["right_lake_id"]) for row in self._book.pairs(entity_id)]
            found += [(kind, *pair) for pair in pairs if implied.answer(*pair)]
        return sorted(set(found))

    def _questions(self, rows: Sequence[Row]) -> list[Question]:
        titles, sides = self._leads(rows), self._sides(rows)
        return [
            Question(
                pair=row,
                left=sides[row["kind"], row["left_lake_id"]],
                right=sides[row["kind"], row["right_lake_id"]],
                agreed=self._weights.told(row),
                leads=titles[row["one_root"], row["other_root"]][:MOST_LEADS],
            )
            for row in rows
        ]

    def _sides(self, rows: Sequence[Row]) -> dict[tuple[str, str], Side]:
        """Return (kind, lake id) → side of every id in `rows`; each table is read once a kind."""
        ends = {(row["kind"], row[f"{end}_lake_id"]): row[f"{end}_entity_id"] for row in rows for end in _ENDS}
        entities = self._book.entities(sorted(set(ends.values())))
        found: dict[tuple[str, str], Side] = {}
        for kind in sorted({kind for kind, _ in ends}):
            ids = [lake_id for each, lake_id in ends if each == kind]
            for told in told_of(self._book.records(ids, kind=kind), kind=kind, files=self._files):
                entity = entities[ends[kind, told.lake_id]]
                row = card(told, kind=kind)
                found[kind, told.lake_id] = Side(lake_id=told.lake_id, source=told.source, entity=entity, row=row)
        return found

    def _leads(self, rows: Sequence[Row]) -> dict[tuple[str, str], list[Row]]:
        """Return the leads that each question of `rows` touches, the strongest first."""
        if not self._run:
            return {(row["one_root"], row["other_root"]): [] for row in rows}
        touched = self._engine.read("touched")
        roots = pa.array(sorted({row[side] for row in rows for side in ("one_root", "other_root")}), pa.string())
        found = touched.filter(pc.is_in(touched["root"], value_set=roots)).to_pylist()
        by_pair: dict[tuple[str, str], list[Row]] = {}
        for row in rows:
            pair = (row["one_root"], row["other_root"])
            scores = {one["lead_id"]: one["score"] for one in found if one["root"] in pair}
            told = sorted(scores.items(), key=lambda one: (-one[1], one[0]))
            by_pair[pair] = [{"lead_id": lead_id, "score": score} for lead_id, score in told]
        return by_pair


def _last_run(workspace: Workspace) -> RunInfo | None:
    try:
        return latest_run(workspace)
    except NotFound:
        return None


def _at(one: Judgement, homes: Mapping[tuple[str, str], str]) -> tuple[str, str] | None:
    """Return the entities that the ids of `one` stand in; None where the resolution knows one of them no more."""
    left, right = homes.get((one.kind, one.left)), homes.get((one.kind, one.right))
    return (left, right) if left and right else None
