"""The verb behind `suyuan typology plan`: the steps of a typology, in the words of an engine."""

from dataclasses import dataclass

from suyuan.domain.contract import contracts
from suyuan.domain.contract_arrow import sql_type
from suyuan.engine.open import EngineName
from suyuan.engine.spark_text import translated
from suyuan.engine.text import filled
from suyuan.engine.twin import Twin
from suyuan.typology.model import Typology
from suyuan.typology.steps import plan


@dataclass(frozen=True, kw_only=True)
class Planned:
    """One step: what its rows are called, and the SQL that the engine is given."""

    name: str
    keep: str
    sql: str


def typology_plan(typology: Typology, *, engine: EngineName) -> list[Planned]:
    """Return the steps of `typology` with its default parameters as `engine` will run them. Starts no engine.

    Raises:
        DataError: The SQL cannot be said on `engine`.
    """
    twin = Twin()
    for table in typology.reads:
        columns = contracts()[table].columns
        twin.put(table, {name: sql_type(column).upper() for name, column in columns.items()})
    planned: list[Planned] = []
    for step in plan(typology):
        script = translated(step, twin)
        twin.put(step.name, dict(script.types))
        sql = str(script) if engine == "spark" else filled(step.sql, step.params, step=step.name)
        planned.append(Planned(name=step.name, keep=step.keep.value, sql=sql))
    twin.close()
    return planned
