"""How well leads know who belongs to a ring, in which role, and who controls it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from suyuan.engine.protocol import Engine
from suyuan.engine.step import Step
from suyuan.world.score.number import f1, share

_HELD = """
with raised as (
  select distinct m.who from score_member as m join found_lead as l on l.lead_id = m.lead_id where l.raised
)
select t.role, count(*) as members, count(r.who) as held
from (select distinct ring_id, truth_id, role from truth_members) as t
left join raised as r on r.who = t.truth_id
group by t.role
"""

_RIGHT = """
with told as (
  select distinct m.lead_id, m.who, coalesce(m.role, '') as role
  from score_member as m
  join found_lead as l on l.lead_id = m.lead_id
  where l.raised
)
select t.role, count(*) as members, count(b.truth_id) as held
from told as t
left join (select distinct truth_id from truth_members) as b on b.truth_id = t.who
group by t.role
"""

_CORES = """
select
  (select count(*) from score_lead_core) as led,
  (select count(*) from score_lead_core as l where exists (select 1 from score_core as r where r.who = l.who)) as hit,
  (select count(*) from score_core) as planted,
  (select count(*) from score_core as r where exists (select 1 from score_lead_core as l where l.who = r.who)) as held
"""

_TALLIES = {"held": _HELD, "right": _RIGHT, "cores": _CORES}


@dataclass(frozen=True, kw_only=True)
class Tally:
    """`held` of `members`."""

    members: int
    held: int

    @property
    def share(self) -> float | None:
        """Held ÷ members."""
        return share(self.held, self.members)


@dataclass(frozen=True, kw_only=True)
class MemberScores:
    """Who was known.

    `precision`: core members of raised leads that are core of some ring; `recall`: core members of rings that are core
    of some raised lead. `by_true_role`: members of rings in a role, and how many stand in a raised lead, core or not.
    `by_lead_role`: members of raised leads in a role (in the lead's words), and how many belong to a ring, core or not.
    """

    precision: float | None
    recall: float | None
    f1: float | None
    by_true_role: Mapping[str, Tally]
    by_lead_role: Mapping[str, Tally]


def member_scores(engine: Engine) -> MemberScores:
    """Return who was known. Reads what `truth_steps` and `found_steps` wrote."""
    engine.run([Step(name=f"score_{name}", sql=sql) for name, sql in _TALLIES.items()])
    row = engine.read("score_cores").to_pylist()[0]
    precision, recall = share(row["hit"], row["led"]), share(row["held"], row["planted"])
    return MemberScores(
        precision=precision,
        recall=recall,
        f1=_mean(precision, recall),
        by_true_role=_tallies(engine, "score_held"),
        by_lead_role=_tallies(engine, "score_right"),
    )


def _mean(precision: float | None, recall: float | None) -> float | None:
    """Return the harmonic mean; 0 where one of the two is unknown or 0, null where both are unknown."""
    if precision is None and recall is None:
        return None
    return 2 * precision * recall / (precision + recall) if precision and recall else 0.0


def _tallies(engine: Engine, name: str) -> dict[str, Tally]:
    rows = sorted(engine.read(name).to_pylist(), key=lambda row: str(row["role"]))
    return {row["role"]: Tally(members=row["members"], held=row["held"]) for row in rows}


Roles = Mapping[str, Mapping[str, frozenset[str]]]
"""Ring or lead → who → roles."""


@dataclass(frozen=True, kw_only=True)
class RoleScores:
    """F1 of every role of the truth over found rings, and their plain mean."""

    macro_f1: float | None
    by_role: Mapping[str, float]


def role_scores(*, best: Mapping[str, str], true: Roles, told: Roles) -> RoleScores:
    """Return how well roles were told.

    Args:
        best: Found ring → its lead.
        true: Roles of the truth by ring.
        told: Roles by lead, in the words of the truth.

    A member of several true roles is right when one of them is told; when none is, each of them is missed. Roles that
    no member of a found ring bears are not averaged.
    """
    hit: dict[str, int] = defaultdict(int)
    missed: dict[str, int] = defaultdict(int)
    wrong: dict[str, int] = defaultdict(int)
    for ring, lead in sorted(best.items()):
        members, named = true.get(ring, {}), told.get(lead, {})
        for who in members.keys() | named.keys():
            real, said = members.get(who, frozenset()), named.get(who, frozenset())
            for role in real & said:
                hit[role] += 1
            for role in said - real:
                wrong[role] += 1
            if not real & said:
                for role in real:
                    missed[role] += 1
    roles = sorted({*hit, *missed})
    by_role = {role: f1(hit[role], hit[role] + wrong[role], hit[role] + missed[role]) or 0.0 for role in roles}
    return RoleScores(macro_f1=share(sum(by_role.values()), len(by_role)), by_role=by_role)


@dataclass(frozen=True, kw_only=True)
class ControllerScores:
    """Share of found rings (of those with a controller) whose first one is among the first 1 or 3 of the lead."""

    rings: int
    hit_at_1: float | None
    hit_at_3: float | None


def controller_scores(
    *, best: Mapping[str, str], true: Mapping[str, frozenset[str]], told: Mapping[str, Sequence[str]]
) -> ControllerScores:
    """Return how often the one behind everything was named.

    Args:
        best: Found ring → its lead.
        true: Ring → who has controller rank 1.
        told: Lead → its ranking of controllers, first first.
    """
    asked = [ring for ring in sorted(best) if true.get(ring)]

    def hits(k: int) -> int:
        return sum(bool(true[ring] & set(told.get(best[ring], ())[:k])) for ring in asked)

    return ControllerScores(rings=len(asked), hit_at_1=share(hits(1), len(asked)), hit_at_3=share(hits(3), len(asked)))


def true_roles(engine: Engine) -> Roles:
    """Return the roles of the truth by ring."""
    rows = engine.read("truth_members", columns=["ring_id", "truth_id", "role"]).to_pylist()
    return _grouped([(row["ring_id"], row["truth_id"], row["role"]) for row in rows])


def told_roles(engine: Engine) -> Roles:
    """Return the roles told by lead; members without one are left out."""
    rows = engine.read("score_member", columns=["lead_id", "who", "role"]).to_pylist()
    return _grouped([(row["lead_id"], row["who"], row["role"]) for row in rows if row["role"]])


def true_controllers(engine: Engine) -> dict[str, frozenset[str]]:
    """Return ring → who controls it from behind everything (rank 1)."""
    rows = engine.read("truth_members", columns=["ring_id", "truth_id", "controller_rank"]).to_pylist()
    found: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        if row["controller_rank"] == 1:
            found[row["ring_id"]].add(row["truth_id"])
    return {ring: frozenset(who) for ring, who in found.items()}


def told_controllers(engine: Engine) -> dict[str, list[str]]:
    """Return lead → its ranking of controllers; equals in the order of their ids."""
    rows = engine.read("score_member", columns=["lead_id", "who", "controller_rank"]).to_pylist()
    ranks: dict[str, dict[str, int]] = defaultdict(dict)
    for row in rows:
        if row["controller_rank"] is not None:
            known = ranks[row["lead_id"]]
            known[row["who"]] = min(row["controller_rank"], known.get(row["who"], row["controller_rank"]))
    return {lead: sorted(known, key=lambda who: (known[who], who)) for lead, known in ranks.items()}


def _grouped(rows: Sequence[tuple[str, str, str]]) -> Roles:
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for group, who, role in rows:
        found[group][who].add(role)
    return {group: {who: frozenset(roles) for who, roles in of.items()} for group, of in found.items()}
