"""A stand-in for `dataclasses` whose classes cost next to nothing to define.

`dataclasses` imports `inspect`, and it writes and compiles the source of six methods for each
class. Without this module a clean run of the command line needs 67 % more instructions
(`benchmarks/instructions.md`). Here the methods are closures, and `__init__` is compiled only for a
class with many instances, which saves another 5 %: most classes of a run have one or two. Modules
that `amp-lint check` does not import use `dataclasses` itself.

The classes behave like dataclasses for type checkers, `pickle`, `copy`, `dataclasses.replace` and
`dataclasses.fields`; they have fewer options, and no base classes.
"""

from __future__ import annotations

from functools import cached_property
from operator import attrgetter
from typing import TYPE_CHECKING

__all__ = ["dataclass", "field", "replace"]

if TYPE_CHECKING:
    from dataclasses import dataclass, field, replace
else:
    _ABSENT = object()

    # The number of instances from which on `__init__` is compiled.
    MANY = 10

    class _Field:
        """The default of a field and its options."""

        def __init__(self, default, default_factory, options):
            self.default = default
            self.default_factory = default_factory
            self.options = options

        def value(self):
            return self.default if self.default_factory is _ABSENT else self.default_factory()

    def field(*, default=_ABSENT, default_factory=_ABSENT, **options):
        """Like `dataclasses.field`, with the options `repr`, `compare` and `hash`."""
        return _Field(default, default_factory, options)

    def replace(instance, /, **changes):
        """Like `dataclasses.replace`."""
        for name in type(instance).__match_args__:
            changes.setdefault(name, getattr(instance, name))
        return type(instance)(**changes)

    def dataclass(*, frozen=False, slots=False, eq=True):
        """Like `dataclasses.dataclass`, for a class without base classes."""

        def mark(cls):
            known = vars(cls)
            fields = _Fields({name: known.get(name, _ABSENT) for name in cls.__annotations__})
            left_out = {*fields.given, "__dict__", "__weakref__"}
            members = _methods(cls, fields, frozen, eq)
            members.update((key, it) for key, it in known.items() if key not in left_out)
            if slots:
                members["__slots__"] = tuple(fields.given)
            return type(cls)(cls.__name__, cls.__bases__, members)

        return mark

    class _Fields:
        """The fields of a class. Most are never asked for more than their names, so the rest is
        found out when it is asked for, which saves 1 % of a clean run."""

        def __init__(self, given):
            # What the class says of each: a default, a field, or nothing.
            self.given = given

        @cached_property
        def by_name(self):
            return {
                name: one if isinstance(one, _Field) else _Field(one, _ABSENT, {})
                for name, one in self.given.items()
            }

        def having(self, *options):
            """The names of those with some options, which each field has by default."""
            return [
                name
                for name, one in self.by_name.items()
                if all(one.options.get(option, True) for option in options)
            ]

        @cached_property
        def compared(self):
            return _values(self.having("compare"))

        @cached_property
        def hashed(self):
            return _values(self.having("compare", "hash"))

    def _values(names):
        """The values of some fields: a tuple, or the value of the only one."""
        return attrgetter(*names) if names else lambda _: ()

    def _methods(cls, fields, frozen, eq):
        members = {
            "__qualname__": cls.__qualname__,
            "__match_args__": tuple(fields.given),
            "__replace__": replace,
            "__dataclass_fields__": _DataclassFields(fields),
            "__init__": _init(fields, frozen),
            "__repr__": _repr(fields),
        }
        if eq:
            members["__eq__"] = _eq(fields)
            members["__hash__"] = _hash(fields) if frozen else None
        if frozen:
            members.update(__setattr__=_refuse_setting, __delattr__=_refuse_deletion)
            # By default, slots are restored with `setattr`, which a frozen instance refuses.
            members.update(__getstate__=_state, __setstate__=_restore)
        return members

    def _init(fields, frozen):
        made = 0

        def init(self, *values, **named):
            nonlocal made
            made += 1
            if made < MANY and _assign(self, fields.given, values, named):
                return
            # With wrong arguments too, for an error that names them.
            cls = type(self)
            cls.__init__ = _compiled_init(cls, fields.by_name, frozen)
            cls.__init__(self, *values, **named)

        return init

    def _assign(instance, fields, values, named):
        """Set the fields as `__init__` does; return False if the arguments are wrong."""
        given = dict(zip(fields, values))  # noqa: B905 - the lengths are compared below
        given.update(named)
        if len(given) < len(values) + len(named) or not given.keys() <= fields.keys():
            return False
        for name, default in fields.items():
            value = given.get(name, default)
            if isinstance(value, _Field):
                value = value.value()
            if value is _ABSENT:
                return False
            object.__setattr__(instance, name, value)
        if hasattr(instance, "__post_init__"):
            instance.__post_init__()
        return True

    def _compiled_init(cls, fields, frozen):
        known = {"_set": object.__setattr__, "_absent": _ABSENT}
        parameters, lines = [], []
        for name, one in fields.items():
            known[f"_default_{name}"] = one.default
            value = name
            if one.default_factory is not _ABSENT:
                known[f"_default_{name}"] = _ABSENT
                known[f"_make_{name}"] = one.default_factory
                value = f"_make_{name}() if {name} is _absent else {name}"
            is_given = one.default is _ABSENT and one.default_factory is _ABSENT
            parameters.append(name if is_given else f"{name}=_default_{name}")
            assign = f"_set(self, {name!r}, {value})" if frozen else f"self.{name} = {value}"
            lines.append(f"    {assign}\n")
        if hasattr(cls, "__post_init__"):
            lines.append("    self.__post_init__()\n")
        exec(f"def __init__(self, {', '.join(parameters)}):\n{''.join(lines)}", known)
        known["__init__"].__qualname__ = f"{cls.__qualname__}.__init__"
        return known["__init__"]

    def _repr(fields):
        def show(self):
            shown = ", ".join(f"{name}={getattr(self, name)!r}" for name in fields.having("repr"))
            return f"{type(self).__qualname__}({shown})"

        return show

    def _eq(fields):
        def equals(self, other):
            if other.__class__ is not self.__class__:
                return NotImplemented
            return fields.compared(self) == fields.compared(other)

        return equals

    def _hash(fields):
        return lambda self: hash(fields.hashed(self))

    def _refuse_setting(_, name, __):
        from dataclasses import FrozenInstanceError

        raise FrozenInstanceError(f"cannot assign to field {name!r}")

    def _refuse_deletion(_, name):
        from dataclasses import FrozenInstanceError

        raise FrozenInstanceError(f"cannot delete field {name!r}")

    def _state(self):
        return [getattr(self, name) for name in self.__match_args__]

    def _restore(self, state):
        for name, value in zip(self.__match_args__, state, strict=True):
            object.__setattr__(self, name, value)

    class _DataclassFields:
        """The attribute `__dataclass_fields__`, which is created when it is first read."""

        def __init__(self, fields):
            self.fields = fields

        def __get__(self, instance, owner):
            import dataclasses

            fields = [(name, *self.field(owner, name)) for name in self.fields.given]
            owner.__dataclass_fields__ = dataclasses.make_dataclass(
                owner.__name__, fields
            ).__dataclass_fields__
            return owner.__dataclass_fields__

        def field(self, owner, name):
            import dataclasses

            one = self.fields.by_name[name]
            given = {key: getattr(one, key) for key in ("default", "default_factory")}
            given = {key: value for key, value in given.items() if value is not _ABSENT}
            kind = owner.__annotations__[name]
            return kind, dataclasses.field(**given, **one.options)
