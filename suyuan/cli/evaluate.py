"""`suyuan evaluate`."""

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from suyuan.cli.clock import china_now
from suyuan.cli.edge import DONE
from suyuan.cli.evaluate_view import render, render_entities, render_seeds
from suyuan.cli.out import Json, emit, progress
from suyuan.cli.world import kinds
from suyuan.domain.errors import UsageError
from suyuan.domain.say import say
from suyuan.domain.tell import Tell
from suyuan.domain.workspace import Workspace
from suyuan.work.evaluate import evaluate as score
from suyuan.work.evaluate import evaluate_members
from suyuan.work.evaluate_entities import evaluate_entities
from suyuan.work.evaluate_page import write_scores
from suyuan.work.evaluate_seeds import evaluate_seeds
from suyuan.world.frame.options import RING_KINDS, Options


def evaluate(
    *,
    workspace: Annotated[Path, typer.Option("--workspace", "-w", help=say("run.workspace"))] = Path(),
    truth: Annotated[Path | None, typer.Option(help=say("evaluate.truth"))] = None,
    members: Annotated[Path | None, typer.Option(help=say("evaluate.members"))] = None,
    entities: Annotated[Path | None, typer.Option(help=say("evaluate.entities"))] = None,
    kind: Annotated[str, typer.Option(help=say("evaluate.kind_told"))] = "person",
    among: Annotated[str | None, typer.Option(help=say("evaluate.among"))] = None,
    again: Annotated[bool, typer.Option("--replay/--no-replay", help=say("evaluate.replay"))] = True,
    html: Annotated[Path | None, typer.Option(help=say("evaluate.html"))] = None,
    seeds: Annotated[int | None, typer.Option(help=say("evaluate.seeds"))] = None,
    seed: Annotated[int, typer.Option(help=say("evaluate.seed"))] = 1,
    scale: Annotated[float, typer.Option(help=say("world.build.scale"))] = 0.02,
    rings: Annotated[str, typer.Option(help=say("world.build.rings"))] = ",".join(RING_KINDS),
    hidden: Annotated[float, typer.Option(help=say("world.build.hidden"))] = 0.5,
    evasion: Annotated[int, typer.Option(help=say("world.build.evasion"))] = 0,
    months: Annotated[int, typer.Option(help=say("world.build.months"))] = 18,
    as_json: Json = False,
) -> int:
    """Score leads against the truth of a world."""
    if seeds is not None:
        options = Options(seed=seed, scale=scale, rings=kinds(rings), hidden=hidden, evasion=evasion, months=months)
        return _seeds(seeds, options, html=html, truth=truth, again=again, as_json=as_json)
    if truth is None:
        raise UsageError("evaluate.no_truth_given")
    if entities is not None:
        if members is not None or html is not None:
            raise UsageError("evaluate.entities_alone")
        return _entities(entities, truth, kind=kind, among=among, as_json=as_json)
    with progress(quiet=as_json) as tell:
        told = _scored(workspace, truth, members=members, again=again, tell=tell)
    if html is not None:
        write_scores(html, told)
    emit(told, as_json=as_json, render=lambda console, masked: _shown(console, masked, html=html))
    return DONE


def _scored(workspace: Path, truth: Path, *, members: Path | None, again: bool, tell: Tell) -> dict[str, Any]:
    if members is not None:
        return evaluate_members(members=members, truth=truth).to_json()
    place = Workspace(root=workspace)
    return score(workspace=place, truth=truth, now=china_now(), again=again, tell=tell).to_json()


def _entities(entities: Path, truth: Path, *, kind: str, among: str | None, as_json: bool) -> int:
    chosen = None if among is None else [each.strip() for each in among.split(",") if each.strip()]
    found = evaluate_entities(entities=entities, truth=truth, kind=kind, among=chosen)
    emit(found.to_json(), as_json=as_json, render=render_entities)
    return DONE


def _seeds(seeds: int, options: Options, *, html: Path | None, truth: Path | None, again: bool, as_json: bool) -> int:
    if html is not None or truth is not None:
        raise UsageError("evaluate.seeds_alone")
    with progress(quiet=as_json) as tell:
        found = evaluate_seeds(seeds=seeds, options=options, now=china_now(), again=again, tell=tell)
    emit(found.to_json(), as_json=as_json, render=render_seeds)
    return DONE


def _shown(console: Console, told: Any, *, html: Path | None) -> None:
    render(console, told)
    if html is not None:
        console.print(say("evaluate.page", html=html), soft_wrap=True, markup=False)
