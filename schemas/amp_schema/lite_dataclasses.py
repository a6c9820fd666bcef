"""A stand-in for `dataclasses` whose classes cost next to nothing to define.

`dataclasses` imports `inspect`, and it writes and compiles the source of six methods for each
class. Without this module a clean run of the command line needs 59 % more instructions
(`benchmarks/instructions.md`). Here the methods are closures, and `__init__` is compiled only for a
class with many instances, which saves another 5 %: most classes of a run have one or two. Modules
that `amp-lint check` does not import use `dataclasses` itself.

The classes behave like dataclasses for type checkers, `pickle`, `copy`, `dataclasses.replace` and
`dataclasses.fields`; they have fewer options, and no base classes.
"""

from __future__ import annotations

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
            fields = {name: _field(vars(cls).get(name, _ABSENT)) for name in cls.__annotations__}
            left_out = {*fields, "__dict__", "__weakref__"}
            members = _methods(cls, fields, frozen, eq)
            members.update((key, it) for key, it in vars(cls).items() if key not in left_out)
            if slots:
                members["__slots__"] = tuple(fields)
            return type(cls)(cls.__name__, cls.__bases__, members)

        return mark

    def _field(default):
        return default if isinstance(default, _Field) else _Field(default, _ABSENT, {})

    def _methods(cls, fields, frozen, eq):
        members = {
            "__qualname__": cls.__qualname__,
            "__match_args__": tuple(fields),
            "__replace__": replace,
            "__dataclass_fields__": _DataclassFields(fields),
            "__init__": _init(fields, frozen),
            "__repr__": _repr([name for name, one in fields.items() if _has(one, "repr")]),
        }
        if eq:
            compared = [name for name, one in fields.items() if _has(one, "compare")]
            members["__eq__"] = _eq(_values(compared))
            hashed = [name for name in compared if _has(fields[name], "hash")]
            members["__hash__"] = _hash(_values(hashed)) if frozen else None
        if frozen:
            members.update(__setattr__=_refuse_setting, __delattr__=_refuse_deletion)
            # By default, slots are restored with `setattr`, which a frozen instance refuses.
            members.update(__getstate__=_state, __setstate__=_restore)
        return members

    def _has(one, option):
        return one.options.get(option, True)

    def _values(names):
        """The values of some fields: a tuple, or the value of the only one."""
        return attrgetter(*names) if names else lambda _: ()

    def _init(fields, frozen):
        made = 0

        def init(self, *values, **named):
            nonlocal made
            made += 1
            if made < MANY and _assign(self, fields, values, named):
                return
            # With wrong arguments too, for an error that names them.
            cls = type(self)
            cls.__init__ = _compiled_init(cls, fields, frozen)
            cls.__init__(self, *values, **named)

        return init

    def _assign(instance, fields, values, named):
        """Set the fields as `__init__` does; return False if the arguments are wrong."""
        given = dict(zip(fields, values))  # noqa: B905 - the lengths are compared below
        given.update(named)
        if len(given) < len(values) + len(named) or not given.keys() <= fields.keys():
            return False
        for name, one in fields.items():
            if name in given:
                value = given[name]
            elif one.default_factory is not _ABSENT:
                value = one.default_factory()
            elif one.default is not _ABSENT:
                value = one.default
            else:
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

    def _repr(names):
        def show(self):
            shown = ", ".join(f"{name}={getattr(self, name)!r}" for name in names)
            return f"{type(self).__qualname__}({shown})"

        return show

    def _eq(values):
        def equals(self, other):
            if other.__class__ is not self.__class__:
                return NotImplemented
            return values(self) == values(other)

        return equals

    def _hash(values):
        return lambda self: hash(values(self))

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

            fields = [(name, *self.field(owner, name)) for name in self.fields]
            owner.__dataclass_fields__ = dataclasses.make_dataclass(
                owner.__name__, fields
            ).__dataclass_fields__
            return owner.__dataclass_fields__

        def field(self, owner, name):
            import dataclasses

            one = self.fields[name]
            given = {key: getattr(one, key) for key in ("default", "default_factory")}
            given = {key: value for key, value in given.items() if value is not _ABSENT}
            kind = owner.__annotations__[name]
            return kind, dataclasses.field(**given, **one.options)
