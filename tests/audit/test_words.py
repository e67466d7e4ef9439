"""Every verb the source records has words, and no words stand for a verb nobody records."""

import ast
from collections.abc import Iterator
from pathlib import Path

from django.utils import translation

import bridgehead
from bridgehead.audit.words import WORDS, words_for
from bridgehead.calls.queries.stages import HELD_BACK, LET_THROUGH
from bridgehead.calls.rules import VERBS
from bridgehead.certification.models import Decision
from bridgehead.funding.models import SupportLine

#: Verbs put together while running, by the expression that does it. A new one fails until it is listed here.
COMPUTED = {
    "HELD_BACK": {HELD_BACK},
    "LET_THROUGH": {LET_THROUGH},
    "VERBS[to]": set(VERBS.values()),
    "f'support.{to}'": {f"support.{s}" for s in SupportLine.State.values},
    "f'{what}.{verb}'": {
        f"{what}.{verb}"
        for what in ("funding_source", "support_rule", "money_terms", "ceiling", "incoming_grant")
        for verb in ("add", "change")
    },
    "f'{what}.remove'": {"funding_source.remove", "support_rule.remove", "ceiling.remove"},
    "f'{thing._meta.model_name}.edit'": {"strategy.edit", "project.edit"},
    "f'certification.{outcome}'": {f"certification.{outcome}" for outcome in Decision.Outcome.values},
}
Function = ast.FunctionDef | ast.AsyncFunctionDef


def parameters(function: Function) -> list[str]:
    return [one.arg for one in (*function.args.args, *function.args.kwonlyargs)]


def argument(call: ast.Call, name: str, position: int) -> ast.expr | None:
    for keyword in call.keywords:
        if keyword.arg == name:
            return keyword.value
    return call.args[position] if position < len(call.args) else None


Trees = list[ast.Module]


def verbs(trees: Trees, function: Function | None, value: ast.expr) -> Iterator[str]:
    """What an expression may be: a text, one of two, a local name, or a parameter as its callers give it.

    `trees` has the function's own module first; a function without underscore is called from the room's others too.
    """
    match value:
        case ast.Constant(value=str(text)):
            yield text
        case ast.IfExp(body=body, orelse=orelse):
            yield from verbs(trees, function, body)
            yield from verbs(trees, function, orelse)
        case ast.Name(id=name) if name in COMPUTED:
            yield from COMPUTED[name]
        case ast.Name(id=name) if function and name in parameters(function):
            position = parameters(function).index(name)
            for tree in trees[:1] if function.name.startswith("_") else trees:
                for caller, call in calls_in(tree, function.name):
                    if given := argument(call, name, position):
                        yield from verbs([tree, *trees], caller, given)
        case ast.Name(id=name) if function:
            for node in ast.walk(function):
                if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == name:
                    yield from verbs(trees, function, node.value)
        case _:
            yield from COMPUTED[ast.unparse(value)]


def calls_in(tree: ast.Module, name: str) -> Iterator[tuple[Function | None, ast.Call]]:
    for function in [node for node in ast.walk(tree) if isinstance(node, Function)]:
        for node in ast.walk(function):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == name:
                yield function, node


def recorded() -> set[str]:
    found: set[str] = set()
    source = Path(bridgehead.__file__).parent
    for room in [folder for folder in source.iterdir() if folder.is_dir()]:
        modules = {path: ast.parse(path.read_text()) for path in room.rglob("*.py")}
        for path, tree in modules.items():
            for function, call in calls_in(tree, "audit.record"):
                value = argument(call, "verb", 99)
                assert value is not None, f"{path}: verb is given by name"
                found.update(verbs([tree, *modules.values()], function, value))
    return found


def test_every_recorded_verb_has_words_and_nothing_else_has():
    assert set(WORDS) == recorded()


def test_words_in_english_are_not_the_code():
    with translation.override("en"):
        assert words_for("application.submit") == "Application submitted"


def test_an_unknown_verb_is_shown_as_its_code():
    assert words_for("something.else") == "something.else"
