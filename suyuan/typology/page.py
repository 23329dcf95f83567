"""Writes the page of a typology from its own three files, in Chinese and in English."""

from collections.abc import Iterator, Mapping, Sequence

from suyuan.domain.contract import Label, contracts
from suyuan.domain.say import Lang, say
from suyuan.typology.model import Case, Role, Severity, Stage, Status, Subject, Typology

STATUSES: Mapping[Status, str] = {
    "draft": "typology.status_draft",
    "trial": "typology.status_trial",
    "production": "typology.status_production",
    "retired": "typology.status_retired",
}
STAGES: Mapping[Stage, str] = {
    "warn": "typology.stage_warn",
    "intercept": "typology.stage_intercept",
    "trace": "typology.stage_trace",
}
SEVERITIES: Mapping[Severity, str] = {
    "context": "typology.severity_context",
    "review": "typology.severity_review",
    "urgent": "typology.severity_urgent",
}
SUBJECTS: Mapping[Subject, str] = {
    "person": "typology.subject_person",
    "company": "typology.subject_company",
    "account": "typology.subject_account",
    "loan": "typology.subject_loan",
    "app": "typology.subject_app",
    "post": "typology.subject_post",
    "handle": "typology.subject_handle",
    "document": "typology.subject_document",
    "device": "typology.subject_device",
    "appraisal": "typology.subject_appraisal",
}
ROLES: Mapping[Role, str] = {"threshold": "typology.role_threshold", "score": "typology.role_score"}
_PARAM_HEAD = (
    "typology.page_param",
    "typology.page_default",
    "typology.page_unit",
    "typology.page_role",
    "typology.page_why",
)


def page(typology: Typology) -> str:
    """Return the Markdown page of `typology`: Chinese first, then English."""
    halves = [f"# {typology.title.zh} · {typology.title.en}\n", f"`{typology.id}`\n"]
    for lang in ("zh", "en"):
        halves += _half(typology, lang)
    return "\n".join(halves).rstrip() + "\n"


def _in(label: Label, lang: Lang) -> str:
    return label.zh if lang == "zh" else label.en


def _half(typology: Typology, lang: Lang) -> Iterator[str]:
    def word(key: str) -> str:
        return say(key, lang=lang)

    yield f"## {_in(typology.title, lang)}\n"
    yield f"{_in(typology.finds, lang)}\n"
    yield from _facts_of_it(typology, lang)
    yield f"### {word('typology.page_reads')}\n"
    yield from _reads(typology, lang)
    yield f"\n### {word('typology.page_params')}\n"
    yield from _params(typology, lang)
    yield f"\n### {word('typology.page_gives')}\n"
    yield from _gives(typology, lang)
    yield f"\n### {word('typology.page_looks_like')}\n"
    yield from _items([_in(each, lang) for each in typology.looks_like])
    yield f"\n### {word('typology.page_blind_to')}\n"
    yield from _items([_in(each, lang) for each in typology.blind_to])
    yield f"\n### {word('typology.page_cases')}\n"
    yield from _items([_case(case) for case in typology.cases])
    yield f"\n### {word('typology.page_sources')}\n"
    yield from _items(typology.sources)
    yield ""


def _items(texts: Sequence[str]) -> Iterator[str]:
    for text in texts:
        yield f"- {text}"


def _facts_of_it(typology: Typology, lang: Lang) -> Iterator[str]:
    stages = ", ".join(say(STAGES[stage], lang=lang) for stage in typology.stage)
    rows = [
        ("typology.page_version", f"{typology.version}"),
        ("typology.page_status", say(STATUSES[typology.status], lang=lang)),
        ("typology.page_stage", stages),
        ("typology.page_severity", say(SEVERITIES[typology.severity], lang=lang)),
        ("typology.page_subject", say(SUBJECTS[typology.subject], lang=lang)),
        ("typology.page_grain", _in(typology.grain, lang)),
    ]
    yield "| | |"
    yield "|---|---|"
    for key, value in rows:
        yield f"| {say(key, lang=lang)} | {value} |"
    yield ""


def _reads(typology: Typology, lang: Lang) -> Iterator[str]:
    known = contracts()
    for table, columns in typology.reads.items():
        title = _in(known[table].title, lang) if table in known else table
        optional = say("typology.page_optional", lang=lang) if table in typology.optional else ""
        labels = [
            f"`{column}` {_in(known[table].columns[column].label, lang)}"
            for column in columns
            if table in known and column in known[table].columns
        ]
        yield f"- `{table}` {title}{optional}: {', '.join(labels)}"


def _params(typology: Typology, lang: Lang) -> Iterator[str]:
    yield "| " + " | ".join(say(key, lang=lang) for key in _PARAM_HEAD) + " |"
    yield "|---|---|---|---|---|"
    for param in typology.params.values():
        role = say(ROLES[param.role], lang=lang)
        why = _in(param.why, lang).replace("|", "\\|")
        yield f"| `{param.name}` | {param.default} | {param.unit} | {role} | {why} |"


def _gives(typology: Typology, lang: Lang) -> Iterator[str]:
    for name, told in typology.facts.items():
        fact = typology.labels.get(name)
        words = f" {_in(fact.label, lang)} ({fact.unit})" if fact else ""
        yield f"- `{name}` {told}{words}"


def _case(case: Case) -> str:
    covers = f" ({', '.join(f'`{name}`' for name in case.covers)})" if case.covers else ""
    return f"{case.title}{covers}"
