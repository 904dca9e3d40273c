"""Imports of packages that are not where notebooks are graded: they are passed over, and only what uses them fails."""
import ast
import builtins
import importlib
import os

import nothing

HERE = os.path.dirname(os.path.abspath(__file__))
MOST = 50
# The statements that were passed over, each once.
PASSED_OVER = []
CAUGHT = {"ImportError", "ModuleNotFoundError", "Exception", "BaseException"}


class Absent:
    """In the place of what could not be imported."""

    def __init__(self, error):
        self.__dict__["error"] = error

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        raise used(self)


def used(absent):
    error = absent.__dict__["error"]
    return type(error)(*error.args, name=error.name, path=error.path)


def refuse(self, *_, **__):
    raise used(self)


for _name in ("call", "setattr", "getitem", "setitem", "iter", "next", "len", "enter", "exit", "mro_entries", "add", "radd", "sub", "mul", "rmul", "truediv", "matmul", "neg", "float", "int", "array"):
    setattr(Absent, "__%s__" % _name, refuse)


class Imports(ast.NodeTransformer):
    """Each import on its own, in a try of its own; those whose failing the student looks after stay as they are."""

    def visit_Try(self, node):
        if any(catches(handler) for handler in node.handlers):
            node.handlers, node.orelse, node.finalbody = [[self.visit(inner) for inner in part] for part in (node.handlers, node.orelse, node.finalbody)]
            node.orelse, node.finalbody = flat(node.orelse), flat(node.finalbody)
            return node
        return self.generic_visit(node)

    def visit_Import(self, node):
        return [guarded(ast.Import([alias]), alias.asname or alias.name.split(".")[0], node) for alias in node.names]

    def visit_ImportFrom(self, node):
        if node.module == "__future__" or node.level:
            return node
        return [guarded(ast.ImportFrom(node.module, [alias], 0), alias.asname or alias.name, node) for alias in node.names]


def flat(statements):
    return [inner for one in statements for inner in (one if isinstance(one, list) else [one])]


def catches(handler):
    named = [] if handler.type is None else handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return handler.type is None or any(isinstance(one, ast.Name) and one.id in CAUGHT for one in named)


def guarded(statement, name, node):
    target = "__absent_error__" if name == "*" else name
    text = "try:\n    pass\nexcept ImportError as __absent_error__:\n    %s = __absent__(%r, __absent_error__)" % (target, ast.unparse(statement))
    guard = ast.parse(text).body[0]
    guard.body = [statement]
    for inner in ast.walk(guard):
        ast.copy_location(inner, node)
    return guard


def absent(statement, error):
    """What stands for what a statement would have bound. An import of what is there fails as it does everywhere."""
    if not isinstance(error, ModuleNotFoundError) and not (error.path or "").startswith(HERE + os.sep):
        raise error
    if statement not in PASSED_OVER and len(PASSED_OVER) < MOST:
        PASSED_OVER.append(statement)
    node = ast.parse(statement).body[0]
    [alias] = node.names
    if isinstance(node, ast.ImportFrom) or alias.asname is not None:
        return Absent(error)
    # `import a.b` binds a, which may be there.
    whole, *parts = alias.name.split(".")
    try:
        module = top = importlib.import_module(whole)
    except ImportError:
        return Absent(error)
    for part in parts:
        whole += "." + part
        try:
            module = importlib.import_module(whole)
        except ImportError:
            setattr(module, part, Absent(error))
            break
    return top


def prepare(shell):
    builtins.__absent__ = absent
    shell.ast_transformers.append(Imports())


def is_stand_in(value):
    """Whether it is nothing of the student's but what stands for something that is not here."""
    return isinstance(value, (Absent, nothing.Nothing))
