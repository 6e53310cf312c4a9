"""What can be broken in a file: each condition, operator, constant, argument, call, await, return and SQL clause.

Annotations, imports and asserts are left, because they do nothing at run time. So are logs and prose, whose wording no
test should hold.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

Span = tuple[int, int]
Found = Iterator[tuple[str, Span, str]]


@dataclass(frozen=True, slots=True)
class Breakage:
    """A replacement of a part of a file."""

    path: str
    scope: str
    """The function or class, with those around it."""

    kind: str
    start: int
    end: int
    replacement: str
    lines: range
    """Of the statement that holds it; none for what runs on import."""

    function: range
    """The lines of the innermost function around it, as far as it has one."""

    def broken(self, source: str) -> str:
        """Return the file with the breakage."""
        return source[: self.start] + self.replacement + source[self.end :]

    def changes_code(self, source: str) -> bool:
        """Tell whether the broken file compiles to something else."""
        try:
            return ast.dump(ast.parse(self.broken(source))) != ast.dump(ast.parse(source))
        except SyntaxError:
            return False

    def key(self, source: str) -> dict[str, str]:
        """Return what names the breakage, whatever else changes in the file: its lines before and after."""
        first = source.rfind("\n", 0, self.start) + 1
        rest = source[self.end :].partition("\n")[0]
        before, after = source[first : self.end] + rest, source[first : self.start] + self.replacement + rest
        texts = {"before": " ".join(before.split()), "after": " ".join(after.split())}
        return {"path": self.path, "scope": self.scope, **texts}


def find(path: str, source: str) -> list[Breakage]:
    """Return all breakages of a file."""
    finder = _Finder(path, source)
    finder.walk(ast.parse(source))
    return finder.found


_SWAPPED: dict[type[ast.AST], tuple[str, str]] = {
    ast.Eq: ("==", "!="),
    ast.NotEq: ("!=", "=="),
    ast.Lt: ("<", "<="),
    ast.LtE: ("<=", "<"),
    ast.Gt: (">", ">="),
    ast.GtE: (">=", ">"),
    ast.Is: ("is", "is not"),
    ast.IsNot: ("is not", "is"),
    ast.In: ("in", "not in"),
    ast.NotIn: ("not in", "in"),
    ast.And: ("and", "or"),
    ast.Or: ("or", "and"),
    ast.Add: ("+", "-"),
    ast.Sub: ("-", "+"),
    ast.Mult: ("*", "//"),
    ast.Div: ("/", "*"),
    ast.FloorDiv: ("//", "*"),
}

_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_LEFT_CALLS = re.compile(r"(^|\.)(_?log(ger)?\.\w+|get_logger|cast|TypeVar|NewType|super|dataclass|AssertionError)$")
_LEFT_CONDITIONS = {"TYPE_CHECKING", "__name__ == '__main__'"}

_SQL = re.compile(r"\b(?:SELECT|INSERT INTO|UPDATE \w+ SET|DELETE FROM|WHERE|AND|JOIN|ORDER BY)\s")
_SQL_WORDS = {" <= ": " < ", " >= ": " > ", " < ": " <= ", " > ": " >= ", " + ": " - ", " - ": " + ", " DESC": ""}
_SQL_CLAUSE = re.compile(r"\b(WHERE|ON(?! CONFLICT)|HAVING|AND|ORDER BY|LIMIT)\s+")
_SQL_CLAUSE_END = re.compile(
    r"\b(?:AND|OR|WHERE|GROUP|HAVING|ORDER|LIMIT|OFFSET|RETURNING|THEN|ELSE|END|ON|JOIN|LEFT|UNION|FOR|DO|SET)\b"
)


class _Finder:
    def __init__(self, path: str, source: str) -> None:
        self._path = path
        self._source = source
        self._lines = source.splitlines(keepends=True)
        self._starts = [0, *accumulate(map(len, self._lines))]
        self._imported: set[str] = set()
        self.found: list[Breakage] = []

    def walk(
        self,
        node: ast.AST,
        parent: ast.AST | None = None,
        scope: str = "",
        lines: range = range(0),
        function: range = range(0),
    ) -> None:
        """Find the breakages of a node and what it holds."""
        if isinstance(node, ast.stmt | ast.match_case) and function:
            lines = _head(node)
        if isinstance(node, ast.Import | ast.ImportFrom):
            self._imported |= {(alias.asname or alias.name).partition(".")[0] for alias in node.names}
        for kind, (start, end), replacement in self._breakages(node, parent):
            self.found.append(Breakage(self._path, scope, kind, start, end, replacement, lines, function))
        for child in _children(node):
            if isinstance(node, _SCOPES) and isinstance(child, ast.stmt):
                inner = f"{scope}.{node.name}".lstrip(".")
                around = function if isinstance(node, ast.ClassDef) else _body(node)
                self.walk(child, node, inner, function=around)
            else:
                self.walk(child, node, scope, lines, function)

    def _span(self, node: ast.expr | ast.stmt | ast.keyword) -> Span:
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        return self._offset(node.lineno, node.col_offset), self._offset(node.end_lineno, node.end_col_offset)

    def _offset(self, line: int, column: int) -> int:
        return self._starts[line - 1] + len(self._lines[line - 1].encode()[:column].decode())

    def _raw(self, node: ast.expr | ast.keyword) -> str:
        return self._source[slice(*self._span(node))]

    def _text(self, node: ast.expr | ast.keyword) -> str:
        """Return an expression that means the same everywhere."""
        loose = isinstance(node, ast.BoolOp | ast.IfExp | ast.NamedExpr | ast.Lambda)
        return f"({self._raw(node)})" if loose else self._raw(node)

    def _breakages(self, node: ast.AST, parent: ast.AST | None) -> Found:  # noqa: C901, PLR0912 - a table
        match node:
            case ast.If(test=test) | ast.IfExp(test=test) | ast.match_case(guard=ast.expr() as test):
                yield from self._condition(test, "True", "False")
            case ast.While(test=test):
                yield from self._condition(test, "False")
            case ast.comprehension(ifs=tests):
                for test in tests:
                    yield from self._condition(test, "True", "False")
            case ast.BoolOp():
                yield from self._operands(node)
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                yield "condition", self._span(node), self._text(operand)
            case ast.Compare(left=left, ops=operators, comparators=others):
                for operator, one, other in zip(operators, [left, *others], others, strict=False):
                    yield from self._swap(operator, one, other)
            case ast.BinOp(left=left, right=right) if not any(map(_is_text, (left, right))):
                yield from self._swap(node.op, left, right)
            case ast.AugAssign(target=left, value=right) if not _is_text(right):
                yield from self._swap(node.op, left, right)
            case ast.Constant(value=bool() | int() | float() | str()) | ast.JoinedStr():
                yield from self._constant(node)
            case ast.Return(value=ast.expr() as value) if ast.unparse(value) != "None":
                yield "return", self._span(value), "None"
                if isinstance(value, ast.Compare | ast.BoolOp):
                    yield "return", self._span(value), f"not ({self._raw(value)})"
            case ast.Expr(value=ast.Await(value=ast.Call())):
                yield "await", self._span(node), "pass"
            case ast.Expr(value=ast.Call() as call) if not _is_left(call):
                yield "call", self._span(node), "pass"
            case ast.Call() if not _is_left(node):
                yield from self._arguments(node)
                if not isinstance(parent, ast.Expr | ast.Await | ast.Raise):
                    yield from self._call(node)
            case _:
                pass

    def _condition(self, test: ast.expr, *values: str) -> Found:
        if isinstance(test, ast.Constant) or ast.unparse(test) in _LEFT_CONDITIONS:
            return
        for replacement in (f"not ({self._raw(test)})", *values):
            yield "condition", self._span(test), replacement

    def _operands(self, node: ast.BoolOp) -> Found:
        word, other = _SWAPPED[type(node.op)]
        operands = [self._text(value) for value in node.values]
        yield "and/or", self._span(node), f" {other} ".join(operands)
        for dropped in range(len(operands)):
            rest = operands[:dropped] + operands[dropped + 1 :]
            yield "condition", self._span(node), f" {word} ".join(rest)

    def _swap(self, operator: ast.AST, left: ast.expr, right: ast.expr) -> Found:
        word, other = _SWAPPED.get(type(operator), ("", ""))
        at = self._source.find(word, self._span(left)[1], self._span(right)[0])
        if word and at >= 0:
            yield "operator", (at, at + len(word)), other

    def _constant(self, node: ast.Constant | ast.JoinedStr) -> Found:
        span = self._span(node)
        match node:
            case ast.Constant(value=bool() as value):
                yield "constant", span, str(not value)
            case ast.Constant(value=int() as value):
                yield "constant", span, str(value + 1)
            case ast.Constant(value=float() as value):
                yield "constant", span, str(value * 2 or 1.0)
            case _ if _SQL.search(text := self._raw(node)):
                for start, end, replacement in _sql_breakages(text):
                    yield "SQL", (span[0] + start, span[0] + end), replacement
            case ast.Constant(value=str() as value) if not re.search(r"\s", value):
                yield "constant", span, repr(f"XX{value}")
            case _:
                pass

    def _arguments(self, node: ast.Call) -> Found:
        """Drop each argument that has a name: without another, most calls fail at once."""
        span = self._span(node.func)[1], self._span(node)[1]
        for dropped in node.keywords:
            rest = [self._text(each) for each in (*node.args, *node.keywords) if each is not dropped]
            yield "argument", span, f"({', '.join(rest)})"

    def _call(self, node: ast.Call) -> Found:
        """Put a method's receiver, or a function's first argument, in the place of the call."""
        match node:
            case ast.Call(func=ast.Name(id=name)) if name[0].isupper():  # a class, and no function
                pass
            case ast.Call(func=ast.Attribute(value=receiver)) if self._text(receiver) not in self._imported:
                yield "call", self._span(node), self._text(receiver)
            case ast.Call(args=[first, *_]) if not isinstance(first, ast.Starred):
                yield "call", self._span(node), self._text(first)
            case _:
                pass


def _body(node: ast.FunctionDef | ast.AsyncFunctionDef) -> range:
    return range(node.body[0].lineno, (node.end_lineno or 0) + 1)


def _head(node: ast.stmt | ast.match_case) -> range:
    """Return the lines of a statement or case, without the statements in it."""
    first, last = (node.lineno, node.end_lineno) if isinstance(node, ast.stmt) else (node.pattern.lineno, None)
    match node:
        case ast.Match():
            last = node.subject.end_lineno
        case ast.stmt(body=[inner, *_]) | ast.match_case(body=[inner, *_]):
            last = inner.lineno - 1
        case _:
            pass
    return range(first, max(first, last or first) + 1)


def _children(node: ast.AST) -> list[ast.AST]:  # noqa: PLR0911 - a table
    """Return what is looked at in a node."""
    match node:
        case ast.Import() | ast.ImportFrom() | ast.Assert() | ast.JoinedStr() | ast.arg():
            return []
        case ast.Expr(value=ast.Constant()) | ast.Assign(targets=[ast.Name(id="__all__" | "__slots__")]):
            return []
        case ast.If(test=test) if ast.unparse(test) in _LEFT_CONDITIONS:
            return []
        case ast.FunctionDef() | ast.AsyncFunctionDef():
            return [*node.decorator_list, node.args, *node.body]
        case ast.ClassDef():
            return [*node.decorator_list, *node.keywords, *node.body]
        case ast.AnnAssign():
            return [node.value] if node.value else []
        case ast.Call() if _is_left(node):
            return []
        case ast.Subscript(value=ast.Name(id="Literal")):
            return []
        case ast.Subscript(value=value, slice=ast.Constant(value=str())):  # a column, without which nothing runs
            return [value]
        case _:
            return list(ast.iter_child_nodes(node))


def _is_left(call: ast.Call) -> bool:
    return _LEFT_CALLS.search(ast.unparse(call.func)) is not None


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str))


def _sql_breakages(text: str) -> Iterator[tuple[int, int, str]]:
    """Change a comparison, sum or order, or drop a clause, in the source of a literal that holds SQL."""
    for word, other in _SQL_WORDS.items():
        for found in re.finditer(re.escape(word), text):
            yield found.start(), found.end(), other
    for found in _SQL_CLAUSE.finditer(text):
        end = _clause_end(text, found.end())
        following = re.compile(r"AND\s+").match(text, end)
        if "BETWEEN" in text[found.start() : end] or re.search(r"BETWEEN \S+ $", text[: found.start()]):
            continue
        if found[1] in {"WHERE", "ON", "HAVING"} and following:
            yield found.end(), following.end(), ""
        elif found[1] not in {"ON", "HAVING"}:
            yield found.start(), end, ""


def _clause_end(text: str, start: int) -> int:
    depth = 0
    for at in range(start, len(text)):
        depth += (text[at] in "({") - (text[at] in ")}")
        if depth < 0 or (depth == 0 and (text[at] in '";' or _SQL_CLAUSE_END.match(text, at))):
            return at
    return len(text)
