"""From the first fault that pydantic finds to a refusal: the field's path, what was expected and what came."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import UnionType
from typing import Annotated, Any, Literal, Union, cast, get_args, get_origin

from pydantic import BaseModel, Tag, ValidationError

from descent_lab.knobs import unknown_knob
from descent_lab.refusals import Refusal, nearest, show
from descent_lab.setups.entrants import Knobs, Schedule
from descent_lab.setups.fields import Kind, Shape, ToldBy


@dataclass
class _Place:
    """Where a fault lies. path: of field names and places. annotation: of the value there, with what it must be."""

    annotation: Any
    path: list[str] = field(default_factory=list[str])
    kind: Kind | None = None
    shape: Shape | None = None
    told: ToldBy | None = None
    owner: type[BaseModel] | None = None

    @property
    def is_list(self) -> bool:
        """Whether a list of any length is expected, not one of so many numbers."""
        return self.shape is not None and self.shape.reason == "list"

    @property
    def field(self) -> str:
        return ".".join(self.path)


def refusal_of(error: ValidationError, model: Any, path: str = "") -> Refusal:
    """The refusal of the first fault. model: what was asked for. path: of the whole value, where it is a part."""
    fault = error.errors(include_url=False)[0]
    start = [path] if path else []
    if fault["type"] == "too_long" and (place := _followed(_Place(model, [*start]), fault["loc"])).is_list:
        most: int = fault.get("ctx", {})["max_length"]
        return Refusal("at most", field=place.field, most=most, count=len(fault["input"]))
    return _refusal(fault["type"], fault["loc"], fault["input"], _Place(model, start))


def _refusal(kind: str, where: Sequence[int | str], came: Any, whole: _Place) -> Refusal:
    if kind == "missing" and isinstance(where[-1], int):  # a list of so many numbers is too short
        where = where[:-1]
        kind = "too_short"
    last = where[-1] if where and kind in ("missing", "extra_forbidden") else None
    place = _followed(whole, where[:-1] if last is not None else where)
    inside = ".".join([*place.path, str(last)]) if last is not None else place.field
    match kind:
        case "extra_forbidden":
            return _unknown(str(last)[:40], place)
        case "missing":
            return Refusal("missing", field=inside)
        case "union_tag_not_found":
            return Refusal("no optimizer", field=f"{place.field}.optimizer")
        case "union_tag_invalid":
            return _untold(place, came)
        case "too_short" if place.path == ["entrants"]:
            return Refusal("no entrant", field="entrants")
        case "model_type" | "model_attributes_type" | "dict_type":
            return Refusal("object", field=place.field or "setup", came=show(came))
        case _:
            pass
    if place.kind is not None:
        return place.kind.refusal(place.field, came)
    if place.shape is not None:
        return place.shape.refusal(place.field, came)
    if isinstance(came, str) and place.owner is not None and place.annotation is place.owner:
        return _unknown(came[:40], place)  # a key that is half a character: pydantic tells no path to it
    return Refusal("one of", field=place.field, known=_known(place.annotation), came=show(came))


def _unknown(key: str, place: _Place) -> Refusal:
    owner = place.owner
    known = (
        [name for name, each in owner.model_fields.items() if each.annotation is not type(None)]
        if owner
        else []
    )
    if owner is not None and issubclass(owner, (Knobs, Schedule)):
        knobs = [name for name in known if name != "kind"]
        name = (owner.__doc__ or "").removeprefix("The knobs of ").removesuffix(".")
        return unknown_knob(name, key, knobs, f"{place.field}.{key}")
    whole = place.field or "setup"
    return Refusal("unknown key", field=whole, owner=whole, key=key, known=known, near=nearest(key, known))


def _untold(place: _Place, came: Any) -> Refusal:
    """No member of a union has that name."""
    assert place.told is not None
    given = cast(Mapping[str, Any], came).get(place.told.name) if isinstance(came, Mapping) else came
    return place.told.kind.refusal(f"{place.field}.{place.told.name}", given)


def _known(annotation: Any) -> list[str]:
    return [str(each) for each in get_args(annotation)]


# ------------------------------------------------------------ the way to the place


def _followed(place: _Place, where: Sequence[int | str]) -> _Place:
    for step in where:
        _unwrap(place)
        if isinstance(place.annotation, list):  # a union: this step says which member
            place.annotation = _member(cast(list[Any], place.annotation), step)
        elif isinstance(place.annotation, type) and issubclass(place.annotation, BaseModel):
            place.owner = place.annotation
            found = place.owner.model_fields[str(step)]
            place.kind = place.shape = place.told = None
            place.annotation = (
                Annotated[found.annotation, *found.metadata] if found.metadata else found.annotation
            )
            place.path.append(str(step))
        else:
            parts = place.shape.parts if place.shape is not None else ()
            place.annotation = _item(cast(Any, place.annotation), step)
            place.kind = place.shape = place.told = None
            place.path.append(parts[step] if parts and isinstance(step, int) else str(step))
    _unwrap(place)
    if isinstance(place.annotation, type) and issubclass(place.annotation, BaseModel):
        place.owner = place.annotation
    return place


def _unwrap(place: _Place) -> None:
    """Take what an annotation says of the value, and leave its type; of a union, the list of its members."""
    while True:
        origin = get_origin(place.annotation)
        if origin is Annotated:
            inner, *metadata = get_args(place.annotation)
            for each in metadata:
                if isinstance(each, Kind):
                    place.kind = place.kind or each
                if isinstance(each, ToldBy):
                    place.told = place.told or each
                if isinstance(each, Shape):
                    place.shape = place.shape or each
            place.annotation = inner
        elif origin is Union or origin is UnionType:
            members = [each for each in get_args(place.annotation) if each is not type(None)]
            place.annotation = members[0] if len(members) == 1 else members
            if len(members) > 1:
                return
        else:
            return


def _member(members: list[Any], tag: int | str) -> Any:
    for member in members:
        inner, *metadata = get_args(member) if get_origin(member) is Annotated else (member,)
        if any(isinstance(each, Tag) and each.tag == tag for each in metadata):
            return member
        if isinstance(inner, type) and issubclass(inner, BaseModel):
            literals = [
                each for each in inner.model_fields.values() if get_origin(each.annotation) is Literal
            ]
            if any(tag in get_args(each.annotation) for each in literals):
                return member
    return members[0]


def _item(annotation: Any, step: int | str) -> Any:
    arguments = get_args(annotation)
    if len(arguments) == 2 and arguments[1] is Ellipsis:
        return arguments[0]
    return arguments[step] if isinstance(step, int) and step < len(arguments) else Any
