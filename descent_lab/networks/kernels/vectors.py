# pyright: basic, reportCallIssue=false
# Compiled code has no types but those of its signatures.
"""Sums of products, eight numbers at once: the inner loops that a network's passes are made of.

Written in the compiler's own language, since it sees eight sums in a row but does not keep them side by side. A product
and the sum that it goes into are rounded once, and in order, on every processor alike.
"""

from __future__ import annotations

from typing import Any

from llvmlite import ir
from numba import int64, types
from numba.extending import intrinsic

from descent_lab.datasets.nonzero_pixels import BITS, SHADE
from descent_lab.machine.kernels import Pointer

EIGHT = 8

_EIGHT = ir.VectorType(ir.DoubleType(), 8)
_MASK = ir.VectorType(ir.IntType(1), 8)
_INDEX = ir.IntType(64)
_ZERO, _ONE = ir.Constant(_INDEX, 0), ir.Constant(_INDEX, 1)


def _at(builder: Any, address: Any, items: Any) -> Any:
    """Eight numbers from there on."""
    return builder.bitcast(builder.gep(address, [items]), _EIGHT.as_pointer())


def _load(builder: Any, address: Any, items: Any = _ZERO) -> Any:
    # Arrays lie at multiples of eight bytes, no more.
    return builder.load(_at(builder, address, items), align=8)


def _store(builder: Any, value: Any, address: Any, items: Any = _ZERO) -> None:
    builder.store(value, _at(builder, address, items), align=8)


def _everywhere(builder: Any, x: Any, kind: Any = _EIGHT) -> Any:
    """The same number eight times."""
    one = builder.insert_element(ir.Constant(kind, ir.Undefined), x, ir.Constant(ir.IntType(32), 0))
    zeros = ir.Constant(ir.VectorType(ir.IntType(32), 8), [0] * 8)
    return builder.shuffle_vector(one, ir.Constant(kind, ir.Undefined), zeros)


def _add_product(builder: Any, a: Any, b: Any, c: Any) -> Any:
    """a b + c, rounded once."""
    name = "llvm.fma.v8f64"
    kind = ir.FunctionType(_EIGHT, [_EIGHT] * 3)
    function = builder.module.globals.get(name) or ir.Function(builder.module, kind, name)
    return builder.call(function, [a, b, c])


def _add_products(builder: Any, z: Any, count: Any, blocks: int, factors: Any) -> None:
    """z[b] += Σ_i a_i w_i[b], with a_i, w_i = factors(i), i below count, for several eights at once: one sum need not
    wait for another's."""
    offsets = [ir.Constant(_INDEX, 8 * b) for b in range(blocks)]
    firsts = [_load(builder, z, offset) for offset in offsets]
    before = builder.block
    loop, after = builder.append_basic_block("sum"), builder.append_basic_block("summed")
    builder.cbranch(builder.icmp_signed(">", count, _ZERO), loop, after)
    builder.position_at_end(loop)
    i, sums = builder.phi(_INDEX), [builder.phi(_EIGHT) for _ in offsets]
    a, w = factors(i, offsets)
    more = [_add_product(builder, a, each, old) for each, old in zip(w, sums, strict=True)]
    following = builder.add(i, _ONE)
    for phi, start, value in ((i, _ZERO, following), *zip(sums, firsts, more, strict=True)):
        phi.add_incoming(start, before)
        phi.add_incoming(value, loop)
    builder.cbranch(builder.icmp_signed("<", following, count), loop, after)
    builder.position_at_end(after)
    for first, last in zip(firsts, tuple(more), strict=True):
        found = builder.phi(_EIGHT)
        found.add_incoming(first, before)
        found.add_incoming(last, loop)
        more[more.index(last)] = found
    for offset, found in zip(offsets, more, strict=True):
        _store(builder, found, z, offset)


def _factor(builder: Any, a: Any, at: Any, lanes: int) -> Any:
    """Eight factors for the numbers of `lanes` racers: theirs, as often as they go into eight."""
    if lanes == 8:
        return _load(builder, a, at)
    kind = ir.VectorType(ir.DoubleType(), lanes)
    few = builder.load(builder.bitcast(builder.gep(a, [at]), kind.as_pointer()), align=8)
    numbers = ir.Constant(ir.VectorType(ir.IntType(32), 8), [u % lanes for u in range(8)])
    return builder.shuffle_vector(few, ir.Constant(kind, ir.Undefined), numbers)


def _sums(lanes: int, blocks: int) -> Any:
    @intrinsic
    def sums(_context: Any, z: Any, a: Any, a_step: Any, w: Any, w_step: Any, count: Any) -> Any:
        def codegen(context: Any, builder: Any, _signature: Any, arguments: Any) -> Any:
            z, a, a_step, w, w_step, count = arguments

            def factors(i: Any, offsets: Any) -> Any:
                factor = _factor(builder, a, builder.mul(i, a_step), lanes)
                row = builder.gep(w, [builder.mul(i, w_step)])
                return factor, [_load(builder, row, offset) for offset in offsets]

            _add_products(builder, z, count, blocks, factors)
            return context.get_dummy_value()

        return types.void(Pointer, Pointer, int64, Pointer, int64, int64), codegen

    return sums


sums_of_one: Any = _sums(1, 1)
sums_of_four: Any = _sums(4, 1)
sums_of_eight: Any = _sums(8, 1)
"""`(z, a, a_step, w, w_step, count)`: z[0..7] += Σ_i a[i a_step + u] w[i w_step + 0..7], with the numbers a of one
racer, of four or of eight: u runs through them over and over."""

sums_of_one_twice: Any = _sums(1, 2)
sums_of_four_twice: Any = _sums(4, 2)
sums_of_eight_twice: Any = _sums(8, 2)
"""The same for z[0..15]: the factors are fetched once."""


def _pixel(builder: Any, words: Any, p: Any) -> tuple[Any, Any]:
    """The number of the pixel of word p, and what the network sees there, eight times."""
    kind = ir.IntType(32)
    word = builder.load(builder.gep(builder.inttoptr(words, kind.as_pointer()), [p]), align=4)
    number = builder.zext(builder.lshr(word, ir.Constant(kind, BITS)), _INDEX)
    value = builder.uitofp(builder.and_(word, ir.Constant(kind, 2**BITS - 1)), ir.DoubleType())
    return number, _everywhere(builder, builder.fmul(value, ir.Constant(ir.DoubleType(), SHADE)))


def _pixel_sums(blocks: int) -> Any:
    @intrinsic
    def sums(_context: Any, z: Any, words: Any, first: Any, last: Any, w: Any, width: Any) -> Any:
        def codegen(context: Any, builder: Any, _signature: Any, arguments: Any) -> Any:
            z, words, first, last, w, width = arguments

            def factors(p: Any, offsets: Any) -> Any:
                number, factor = _pixel(builder, words, builder.add(first, p))
                row = builder.gep(w, [builder.mul(number, width)])
                return factor, [_load(builder, row, offset) for offset in offsets]

            _add_products(builder, z, builder.sub(last, first), blocks, factors)
            return context.get_dummy_value()

        return types.void(Pointer, int64, int64, int64, Pointer, int64), codegen

    return sums


pixel_sums: Any = _pixel_sums(1)
"""`(z, words, first, last, w, width)`: z[0..7] += Σ_p x_p w[i_p width + 0..7], over words first .. last - 1
of pixels (see `datasets.nonzero_pixels`) at that address: pixel i_p with value x_p."""

pixel_sums_twice: Any = _pixel_sums(2)
"""The same for z[0..15]."""


def _strewn(blocks: int) -> Any:
    @intrinsic
    def strew(_context: Any, z: Any, words: Any, first: Any, last: Any, w: Any, width: Any) -> Any:
        def codegen(context: Any, builder: Any, _signature: Any, arguments: Any) -> Any:
            z, words, first, last, w, width = arguments
            offsets = [ir.Constant(_INDEX, 8 * b) for b in range(blocks)]
            weights = [_load(builder, w, offset) for offset in offsets]
            before = builder.block
            loop, after = builder.append_basic_block("strew"), builder.append_basic_block("strewn")
            builder.cbranch(builder.icmp_signed("<", first, last), loop, after)
            builder.position_at_end(loop)
            p = builder.phi(_INDEX)
            number, factor = _pixel(builder, words, p)
            row = builder.gep(z, [builder.mul(number, width)])
            for offset, weight in zip(offsets, weights, strict=True):
                more = _add_product(builder, factor, weight, _load(builder, row, offset))
                _store(builder, more, row, offset)
            following = builder.add(p, _ONE)
            p.add_incoming(first, before)
            p.add_incoming(following, loop)
            builder.cbranch(builder.icmp_signed("<", following, last), loop, after)
            builder.position_at_end(after)
            return context.get_dummy_value()

        return types.void(Pointer, int64, int64, int64, Pointer, int64), codegen

    return strew


strewn: Any = _strewn(1)
"""`(z, words, first, last, w, width)`: z[i_p width + 0..7] += x_p w[0..7], over the same words."""

strewn_twice: Any = _strewn(2)
"""The same for w[0..15]."""


def _first(builder: Any, count: Any) -> Any:
    """A mask of eight: those below count."""
    numbers = ir.Constant(ir.VectorType(_INDEX, 8), list(range(8)))
    return builder.icmp_signed("<", numbers, _everywhere(builder, count, ir.VectorType(_INDEX, 8)))


def _masked(builder: Any, what: str, kind: Any, arguments: Any) -> Any:
    name = f"llvm.masked.{what}.v8f64.p0"
    function = builder.module.globals.get(name) or ir.Function(builder.module, kind, name)
    return builder.call(function, arguments)


_ALIGN = ir.Constant(ir.IntType(32), 8)
_PLACE = _EIGHT.as_pointer()


@intrinsic
def _take(_context: Any, z: Any, a: Any, count: Any) -> Any:
    def codegen(context: Any, builder: Any, _signature: Any, arguments: Any) -> Any:
        z, a, count = arguments
        kind = ir.FunctionType(_EIGHT, [_PLACE, ir.IntType(32), _MASK, _EIGHT])
        given = [_at(builder, a, _ZERO), _ALIGN, _first(builder, count), ir.Constant(_EIGHT, [0.0] * 8)]
        _store(builder, _masked(builder, "load", kind, given), z)
        return context.get_dummy_value()

    return types.void(Pointer, Pointer, int64), codegen


take: Any = _take
"""`(z, a, count)`: z[0..7] = a[0..7], and 0 from `count` on, where nothing is read."""


@intrinsic
def _give(_context: Any, z: Any, a: Any, count: Any) -> Any:
    def codegen(context: Any, builder: Any, _signature: Any, arguments: Any) -> Any:
        z, a, count = arguments
        kind = ir.FunctionType(ir.VoidType(), [_EIGHT, _PLACE, ir.IntType(32), _MASK])
        _masked(
            builder,
            "store",
            kind,
            [_load(builder, a), _at(builder, z, _ZERO), _ALIGN, _first(builder, count)],
        )
        return context.get_dummy_value()

    return types.void(Pointer, Pointer, int64), codegen


give: Any = _give
"""`(z, a, count)`: z[0 .. count - 1] = a[0 .. count - 1], at most eight."""


@intrinsic
def _by_vectors(_context: Any) -> Any:
    def codegen(context: Any, builder: Any, _signature: Any, _arguments: Any) -> Any:
        # The compiler prefers four numbers at a time on processors that can do eight; llvmlite knows no such attribute.
        set.add(builder.function.attributes, '"prefer-vector-width"="512"')
        return context.get_dummy_value()

    return types.void(), codegen


eight_at_once: Any = _by_vectors
"""`eight_at_once()`: the loops of the function that calls it may take eight numbers at once."""
