"""The border: what the YAML files of a typology may hold."""

from datetime import date, datetime
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from suyuan.domain.contract import Label
from suyuan.typology.model import Param, ParamType, Role, Severity, Stage, Status, Subject

Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
Line = Annotated[str, Field(min_length=1)]
CellFile = str | int | float | bool | date | datetime | list[str] | None

_PYTHON: dict[str, tuple[type, ...]] = {
    "int": (int,),
    "double": (int, float),
    "text": (str,),
    "boolean": (bool,),
    "date": (date,),
}


def fits(value: object, told: ParamType) -> bool:
    """Return whether `value` may stand for a parameter of type `told`."""
    if isinstance(value, bool | datetime):
        return told == "boolean" and isinstance(value, bool)
    return isinstance(value, _PYTHON[told])


class _Border(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Both(_Border):
    """A text in both languages."""

    en: Line
    zh: Line


Words = Line | Both


def label(words: str | Both) -> Label:
    """Return `words` as a label; a bare text serves both languages."""
    text = " ".join(words.split()) if isinstance(words, str) else ""
    return Label(en=words.en, zh=words.zh) if isinstance(words, Both) else Label(en=text, zh=text)


class ParamFile(_Border):
    """One entry of `params`."""

    type: ParamType
    default: str | int | float | bool | date
    unit: Line
    why: Words
    role: Role = "threshold"

    @model_validator(mode="after")
    def _default_fits(self) -> Self:
        if not fits(self.default, self.type):
            raise ValueError(f"default {self.default!r} is not of type {self.type}")
        return self

    def param(self, name: str) -> Param:
        """Return it as the plain class; a whole number given for a double becomes one."""
        default = float(self.default) if self.type == "double" and isinstance(self.default, int) else self.default
        return Param(name=name, type=self.type, default=default, unit=self.unit, why=label(self.why), role=self.role)


class FactFile(_Border):
    """One entry of `facts`."""

    en: Line
    zh: Line
    unit: Line


class TypologyFile(_Border):
    """`NAME.yml`."""

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*$")]
    version: Annotated[int, Field(ge=1)]
    status: Status
    title: Both
    stage: Annotated[list[Stage], Field(min_length=1)]
    finds: Words
    severity: Severity
    grain: Words
    subject: Subject
    reads: Annotated[dict[Name, Annotated[list[Name], Field(min_length=1)]], Field(min_length=1)]
    optional: list[Name] = []
    params: dict[Name, ParamFile] = {}
    facts: dict[Name, FactFile] = {}
    looks_like: Annotated[list[Words], Field(min_length=1)]
    blind_to: Annotated[list[Words], Field(min_length=1)]
    sources: Annotated[list[Line], Field(min_length=1)]


class CaseFile(_Border):
    """One entry of `NAME.cases.yml`."""

    case: Annotated[str, Field(pattern=r"^(fires|stays silent)\b")]
    covers: list[Name] = []
    like: Line | None = None
    params: dict[Name, str | int | float | bool | date] = {}
    given: dict[Name, list[dict[Name, CellFile]]] = {}
    expect: list[dict[Name, CellFile]] = []


class CasesFile(_Border):
    """`NAME.cases.yml` as a whole."""

    cases: Annotated[list[CaseFile], Field(min_length=1)]
