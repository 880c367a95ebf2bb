"""Small mistakes that a person could make in a module, each the change of one piece of its syntax tree.

What is no behaviour is left alone: annotations, docstrings, decorators, imports, ``__all__``, what ``cast`` is told, and
assertions, which say what cannot be otherwise.
"""

import ast
from collections.abc import Callable, Iterator, Sequence
from copy import copy, deepcopy
from dataclasses import dataclass
from types import CodeType
from typing import Any

_COMPARED: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
}
_REACHED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult,
    ast.Pow: ast.Mult,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
    ast.LShift: ast.RShift,
    ast.RShift: ast.LShift,
}
_NAMES = {
    "min": "max", "max": "min", "any": "all", "all": "any", "sorted": "list",
    "startswith": "endswith", "endswith": "startswith", "partition": "rpartition", "rpartition": "partition",
    "fullmatch": "match", "match": "search", "upper": "lower", "lower": "upper", "index": "count",
    "append": "count", "add": "discard", "extend": "count", "setdefault": "get",
}  # fmt: skip
_ANY_ORDER = ("cast", "isinstance", "min", "max")  # of their arguments: a type is no value, and the least has no place
_GENERIC = ("Callable", "Literal", "Mapping", "Sequence", "dict", "tuple")
_NOT_RUN = (ast.Import, ast.ImportFrom, ast.Assert)
_NOT_SEEN = {"annotation", "returns", "decorator_list", "type_params"}
_NONE = ast.Constant(None)


@dataclass(frozen=True, slots=True)
class Change:
    """One change of a module: the function it is in ('' for the module itself), where, and what becomes what.

    ``place`` is which of the pieces that can be changed, ``which`` of its changes.  ``names`` are those that a statement
    of the module itself gives.
    """

    module: str
    function: str
    lines: tuple[int, int]
    was: str
    becomes: str
    place: int
    which: int
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Piece:
    node: ast.AST
    statement: ast.stmt
    function: str


def changes_of(module: str, source: str) -> Iterator[Change]:
    """Yield every change of a module's source."""
    for place, piece in enumerate(_pieces(ast.parse(source))):
        was = ast.unparse(piece.node)
        for which, other in enumerate(_others(piece.node)):
            becomes = ast.unparse(other)
            if becomes != was:
                lines = _header(piece.statement)
                names = () if piece.function else tuple(_given(piece.statement))
                yield Change(module, piece.function, lines, was, becomes, place, which, names)


def changed(change: Change | None, source: str, file: str) -> CodeType:
    """Return the code of a module with one change, or with none."""
    tree = ast.parse(source)
    if change is not None:
        piece = list(_pieces(tree))[change.place]
        tree = _Instead(piece.node, list(_others(piece.node))[change.which]).visit(tree)
    return compile(ast.fix_missing_locations(tree), file, "exec")


class _Instead(ast.NodeTransformer):
    """Puts one node in the place of another."""

    def __init__(self, node: ast.AST, other: ast.AST) -> None:
        self.node, self.other = node, ast.copy_location(deepcopy(other), node)

    def visit(self, node: ast.AST) -> ast.AST:
        """Return the other node for the one, and any other as it is."""
        return self.other if node is self.node else self.generic_visit(node)


def _pieces(tree: ast.Module) -> Iterator[_Piece]:
    """Yield all that can be changed, each with the innermost statement and the outermost function that it is in."""
    for statement in tree.body:
        yield from _below(statement, statement, "", "")


def _below(node: ast.AST, statement: ast.stmt, function: str, owner: str) -> Iterator[_Piece]:
    if _is_silent(node):
        return
    statement = node if isinstance(node, ast.stmt) else statement
    yield _Piece(node, statement, function)
    if isinstance(node, ast.ClassDef):
        for inner in node.body:
            yield from _below(inner, inner, function, f"{owner}{node.name}.")
        return
    for name, value in ast.iter_fields(node):
        if name in _NOT_SEEN:
            continue
        # What a parameter is by default is worked out where the function is defined.
        inside = f"{owner}{node.name}" if isinstance(node, ast.FunctionDef) and name == "body" else ""
        for inner in value if isinstance(value, list) else (value,):
            if isinstance(inner, ast.AST) and not _is_told(node, inner):
                yield from _below(inner, statement, function or inside, owner)


def _is_silent(node: ast.AST) -> bool:
    """Return whether a node does nothing when it is run, or nothing but name things."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return True
    if isinstance(node, ast.Assign):
        return "__all__" in _given(node) or _is_type(node.value)
    return isinstance(node, _NOT_RUN)


def _is_type(value: ast.expr) -> bool:
    """Return whether a value is a type that only annotations name: `tuple[str, str]`, or a variable for one."""
    if isinstance(value, ast.Subscript):
        return isinstance(value.value, ast.Name) and value.value.id in _GENERIC
    return isinstance(value, ast.Call) and _called(value) == "TypeVar"


def _is_told(node: ast.AST, inner: ast.AST) -> bool:
    """Return whether this is the type that `cast` is told."""
    return isinstance(node, ast.Call) and _called(node) == "cast" and inner is node.args[0]


def _called(call: ast.Call) -> str:
    return getattr(call.func, "id", getattr(call.func, "attr", ""))


def _given(statement: ast.stmt) -> list[str]:
    """Return the names that a statement binds; a class or a function its own."""
    if isinstance(statement, ast.ClassDef | ast.FunctionDef):
        return [statement.name]
    return [node.id for node in ast.walk(statement) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)]


def _header(statement: ast.stmt) -> tuple[int, int]:
    """Return the lines of a statement without those of the statements in it."""
    body: Sequence[ast.stmt] = getattr(statement, "body", ())
    last = body[0].lineno - 1 if body else statement.end_lineno or statement.lineno
    return statement.lineno, max(statement.lineno, last)


def _others(node: ast.AST) -> Iterator[ast.AST]:
    """Yield what could stand in a node's place."""
    yield from _KINDS.get(type(node), _nothing)(node)


def _nothing(_node: ast.AST) -> Iterator[ast.AST]:
    return iter(())


def _compared(node: ast.Compare) -> Iterator[ast.AST]:
    for at, op in enumerate(node.ops):
        for other in _COMPARED[type(op)]:
            yield _with(node, ops=[*node.ops[:at], other(), *node.ops[at + 1 :]])


def _values(value: object) -> tuple[object, ...]:
    match value:
        case bool():
            return (not value,)
        case int():
            return (value + 1, value - 1)
        case str():
            return (f"{value}XX",) if value else ("XX",)
    return ()


def _calls(node: ast.Call) -> Iterator[ast.AST]:
    """Yield a call with two arguments swapped, with a named one left out, and of a function that is nearly the same."""
    if _called(node) not in _ANY_ORDER:
        for at in range(len(node.args) - 1):
            yield _with(node, args=[*node.args[:at], node.args[at + 1], node.args[at], *node.args[at + 2 :]])
    yield from (_with(node, keywords=_without(node.keywords, at)) for at in range(len(node.keywords)))
    other = _NAMES.get(_called(node))
    if other and isinstance(node.func, ast.Name):
        yield _with(node, func=ast.Name(other, ast.Load()))
    elif other and isinstance(node.func, ast.Attribute):
        yield _with(node, func=_with(node.func, attr=other))


def _unfiltered(node: ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp) -> Iterator[ast.AST]:
    for at, part in enumerate(node.generators):
        for condition in range(len(part.ifs)):
            other = _with(part, ifs=_without(part.ifs, condition))
            yield _with(node, generators=[*node.generators[:at], other, *node.generators[at + 1 :]])


def _joined(node: ast.BoolOp) -> Iterator[ast.AST]:
    yield _with(node, op=ast.Or() if isinstance(node.op, ast.And) else ast.And())
    for at in range(len(node.values)):
        left = _without(node.values, at)
        yield _with(node, values=left) if len(left) > 1 else left[0]


def _unary(node: ast.UnaryOp) -> Iterator[ast.AST]:
    if isinstance(node.op, ast.Not | ast.USub):
        yield node.operand


def _reached(node: ast.BinOp | ast.AugAssign) -> Iterator[ast.AST]:
    yield _with(node, op=_REACHED[type(node.op)]())


def _constant(node: ast.Constant) -> Iterator[ast.AST]:
    yield from (ast.Constant(value) for value in _values(node.value))


def _slice(node: ast.Slice) -> Iterator[ast.AST]:
    yield from (_with(node, **{end: None}) for end in ("lower", "upper") if getattr(node, end))


def _branched(node: ast.If | ast.While) -> Iterator[ast.AST]:
    yield _with(node, test=ast.UnaryOp(ast.Not(), node.test))


def _given_none(node: ast.Return | ast.Assign | ast.AnnAssign) -> Iterator[ast.AST]:
    if node.value is not None:
        yield _with(node, value=_NONE)


def _with(node: ast.AST, **fields: object) -> ast.AST:
    """Return a node with other fields."""
    other = copy(node)
    for name, value in fields.items():
        setattr(other, name, value)
    return other


def _without(parts: Sequence[ast.AST], at: int) -> list[ast.AST]:
    return [*parts[:at], *parts[at + 1 :]]


_KINDS: dict[type[ast.AST], Callable[[Any], Iterator[ast.AST]]] = {
    ast.Compare: _compared,
    ast.BoolOp: _joined,
    ast.UnaryOp: _unary,
    ast.BinOp: _reached,
    ast.AugAssign: _reached,
    ast.Constant: _constant,
    ast.Call: _calls,
    ast.Slice: _slice,
    ast.Lambda: lambda node: iter([_with(node, body=_NONE)]),
    ast.IfExp: lambda node: iter([_with(node, body=node.orelse, orelse=node.body)]),
    **dict.fromkeys((ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp), _unfiltered),
    **dict.fromkeys((ast.If, ast.While), _branched),
    **dict.fromkeys((ast.Return, ast.Assign, ast.AnnAssign), _given_none),
    ast.For: lambda node: iter([_with(node, iter=ast.Tuple([], ast.Load()))]),
    **dict.fromkeys((ast.Expr, ast.Raise), lambda _: iter([ast.Pass()])),
    ast.Continue: lambda _: iter([ast.Break()]),
    ast.Break: lambda _: iter([ast.Continue()]),
}
