"""Kernels: every surface and every update rule is compiled once, and they meet as plain C function pointers.

Three kinds of kernel, all over a block of `n` lanes stored `(rows, n)`, lanes last:

- field:   `(data, w, n, loss, gradient)`, from a formula, or over the points in `data`;
- hessian: `(data, w, n, hessian)`, of the same, the rows of its upper triangle: xx, xy, yy;
- rule:    `(field, hessian, data, w, loss, gradient, jolt, state, knobs, rate, draw, dim, n, stride, out)`, one step of
  an optimizer for `n` lanes that lie side by side in a block of `stride`; state and knobs are their own. `jolt` is the
  gradient noise already added to `gradient`, so that a rule that asks the field again can add the same; `draw` is
  the step's standard normal draw, `(dim,)`. The answer is 0 if every gradient and every number in `out` is finite
  (and their sums are): the loop must know, and a rule that waits for its divisions looks at them for nothing.

A rule and a field may also be joined in one kernel with the signature of a rule, which leaves the loss and the
gradient of the points that it moved to in `loss` and `gradient`.

Numba's own first-class functions cost 30 us each to hand over; an address costs nothing, which is what makes a race
of seven a matter of a tenth of a millisecond. A kernel is generated source text, kept in a cache folder under the
hash of all that went into it, so that the second start of the program loads machine code in milliseconds.
"""

# pyright: reportPrivateImportUsage=false, reportMissingTypeStubs=false
# (numba names its own functions outside __all__, and llvmlite has no types.)

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import os
import sys
import threading
from collections.abc import Callable
from functools import update_wrapper
from pathlib import Path
from types import ModuleType
from typing import Any
from weakref import WeakValueDictionary

import numba
from llvmlite import ir
from numba import cfunc, float64, int64, njit, types
from numba.core.compiler import Compiler
from numba.extending import intrinsic

from descent_lab.cache import CACHE, alone


def _code() -> str:
    """Another one whenever a file of this folder changes: numba looks at the file of a function alone, and would go on
    with what was compiled of older helpers from other files."""
    files = sorted(Path(__file__).parent.glob("*.py"))
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:16]


FOLDER = CACHE / "numba" / _code()
numba.config.CACHE_DIR = str(FOLDER)  # pyright: ignore[reportAttributeAccessIssue]


def _alone() -> None:
    """Start numba without scipy, which it asks for the matrix products that no kernel has: the asking takes 80 ms."""
    asked = "scipy.linalg.cython_blas"
    if asked in sys.modules:
        return
    sys.modules[asked] = None  # pyright: ignore[reportArgumentType]
    try:
        with contextlib.suppress(ImportError):
            importlib.import_module("numba.np.arraymath")
    finally:
        del sys.modules[asked]


_alone()

# "numpy" lets a division by zero give infinity instead of an exception: that is what the lanes need, and without
# the branch the loops vectorise (7 ns a lane-step instead of 12). No fast-math: the same bits on every machine.
OPTIONS: dict[str, Any] = {"error_model": "numpy"}

# What only kernels call needs no way in from Python or C: those take as long to compile as the function itself.
WITHIN: dict[str, Any] = {"no_cpython_wrapper": True, "no_cfunc_wrapper": True}

Pointer = types.CPointer(float64)
FIELD = types.void(Pointer, Pointer, int64, Pointer, Pointer)
HESSIAN = types.void(Pointer, Pointer, int64, Pointer)
RULE = types.int64(
    *(int64, int64, Pointer, Pointer, Pointer, Pointer, Pointer, Pointer, Pointer, float64, Pointer),
    *(int64, int64, int64, Pointer),
)

VECTOR = types.Array(float64, 1, "C")
MATRIX = types.Array(float64, 2, "C")
CUBE = types.Array(float64, 3, "C")
WHOLE = types.Array(int64, 1, "C")
TRUTHS = types.Array(types.boolean, 1, "C")
# What may be read only: arrays that can be written come too, but not the other way round.
CONSTANTS = types.Array(float64, 1, "C", readonly=True)
TABLE = types.Array(float64, 2, "C", readonly=True)


@intrinsic
def _pointer(_context: Any, array: Any) -> Any:

    def codegen(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return context.make_array(signature.args[0])(context, builder, arguments[0]).data

    return Pointer(array), codegen


pointer: Any = _pointer
"""`pointer(array)`: the address of an array's first item."""


@intrinsic
def shifted(_context: Any, address: Any, items: Any) -> Any:
    """An address so many items further on."""

    def codegen(_context: Any, builder: Any, _signature: Any, arguments: Any) -> Any:
        return builder.gep(arguments[0], [arguments[1]])

    return Pointer(address, items), codegen


@intrinsic
def placed(_context: Any, address: Any) -> Any:
    """The pointer to an address that came as a whole number."""

    def codegen(_context: Any, builder: Any, _signature: Any, arguments: Any) -> Any:
        return builder.inttoptr(arguments[0], ir.DoubleType().as_pointer())

    return Pointer(int64), codegen


def _caller(signature: Any) -> Any:
    @intrinsic
    def call(_context: Any, address: Any, arguments: Any) -> Any:
        def codegen(context: Any, builder: Any, _signature: Any, values: Any) -> Any:
            unpacked = [builder.extract_value(values[1], i) for i in range(len(signature.args))]
            given = [context.get_value_type(a) for a in signature.args]
            silent = signature.return_type == types.void
            kind = ir.FunctionType(
                ir.VoidType() if silent else context.get_value_type(signature.return_type), given
            )
            answer = builder.call(builder.inttoptr(values[0], kind.as_pointer()), unpacked)
            return context.get_dummy_value() if silent else answer

        return signature.return_type(address, arguments), codegen

    return call


call_field = _caller(FIELD)
call_hessian = _caller(HESSIAN)
call_rule = _caller(RULE)


class Kernel:
    """A compiled function and its address; it lives as long as this object does."""

    def __init__(self, function: Any) -> None:
        self._function = function
        self.address: int = function.address


_lock = threading.RLock()
_alive: WeakValueDictionary[str, Kernel] = WeakValueDictionary()


def _load(path: Path, bindings: dict[str, Any]) -> ModuleType:
    specification = importlib.util.spec_from_file_location(path.stem, path)
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    vars(module).update(bindings)
    sys.modules[path.stem] = module  # numba asks for it by name, both to store and to load machine code
    specification.loader.exec_module(module)
    return module


def compile_kernel(
    source: str, signature: Any, bindings: dict[str, Any] | None = None, made_of: str = ""
) -> Kernel:
    """The function `kernel` of the source text, compiled.

    source: a module that defines `kernel`. bindings: further globals it uses. made_of: the text of whatever stands
    behind the bindings, so that a change there makes a new kernel.

    Of threads that ask for the same kernel the first compiles it; the others wait, and get the one that is there.
    """
    digest = hashlib.sha256(f"{numba.__version__}\n{source}\n{made_of}".encode()).hexdigest()[:24]
    with _lock:
        kernel = _alive.get(digest)
        if kernel is None:
            kernel = _alive[digest] = _compiled(digest, source, signature, bindings or {})
        return kernel


def _compiled(digest: str, source: str, signature: Any, bindings: dict[str, Any]) -> Kernel:
    path = CACHE / f"kernel_{digest}.py"
    if not path.exists():
        draft = path.with_suffix(f".{os.getpid()}.{threading.get_ident()}")
        draft.write_text(source)
        draft.replace(path)  # atomic: another worker sees all of it or nothing
    module = _load(path, bindings)
    with alone(path):  # another process may be compiling it: what it leaves on disk is there sooner
        return Kernel(cfunc(signature, cache=True, **OPTIONS)(module.kernel))


class _Apart(Compiler):
    def __init__(
        self, typing: Any, target: Any, library: Any, given: Any, answer: Any, flags: Any, names: Any
    ) -> None:
        flags.noalias = True
        super().__init__(typing, target, library, given, answer, flags, names)


def apart(function: Callable[..., Any]) -> Any:
    """Like `inlined`, with the promise that no two of its pointers lead to the same numbers.

    Without it a loop over a block first compares all its arrays with one another, which takes as long as ten lanes.
    """
    return njit(pipeline_class=_Apart, **WITHIN, **OPTIONS)(function)


def inlined(function: Callable[..., Any]) -> Any:
    """A Python function, ready to be called from a kernel."""
    return njit(**WITHIN, **OPTIONS)(function)


class Compiled:
    """A function for Python to call, compiled for one signature, or loaded from disk, when it is first asked for."""

    def __init__(self, function: Callable[..., Any], signature: Any) -> None:
        update_wrapper(self, function)
        self._function, self._signature = function, signature
        self._code: Callable[..., Any] | None = None

    def __call__(self, *arguments: Any) -> Any:
        return (self._code or self.code)(*arguments)

    @property
    def code(self) -> Callable[..., Any]:
        """The machine code. Of threads and processes that ask for it the first compiles it, and the others wait."""
        with _lock:
            if self._code is None:
                FOLDER.mkdir(parents=True, exist_ok=True)
                with alone(FOLDER / f"{self._function.__name__}.lock"):
                    made = njit(self._signature, nogil=True, cache=True, **OPTIONS)(self._function)
                self._code = made
            return self._code


def compiled(signature: Any) -> Callable[[Callable[..., Any]], Compiled]:
    """A function for Python to call, of this signature."""
    return lambda function: Compiled(function, signature)
