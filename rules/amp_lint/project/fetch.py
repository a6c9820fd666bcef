"""Makes a snapshot of a project from what the API answers."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any

from amp_lint.project import parts
from amp_lint.project.answers import mapping, printable, text
from amp_lint.project.api import ApiError, Client
from amp_lint.project.installations import Installations
from amp_lint.project.snapshot import (
    CATALOG,
    DESTINATIONS,
    INSTALLATIONS,
    INTEGRATIONS,
    METADATA,
    PROVIDER_APPS,
    VERSION,
    Snapshot,
    snapshot_from,
)
from amp_lint.project.workers import ask_all
from amp_lint.text.messages import quoted
from amp_schema.closest_match import nearest

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to fetch. `objects` are pairs of a provider and an object of the manifests, asked for
    in the account of each of the `groups`; `providers` those whose sign-in matters."""

    project: str
    groups: tuple[str, ...] = ()
    objects: tuple[tuple[str, str], ...] = ()
    providers: frozenset[str] = frozenset()
    catalog: bool = False
    with_customers: bool = False


class FetchError(Exception):
    """Nothing could be fetched; the message says why, on one printable line."""


def fetch(client: Client, wanted: Wanted, progress: Progress = lambda _: None) -> Snapshot:
    """Fetch a snapshot. Raises FetchError if there is nothing to be had at all.

    A part that fails is recorded in the snapshot's `failed`, and the others are kept.
    """
    return _Fetching(client, wanted, progress).snapshot()


def today(environment: Mapping[str, str]) -> str:
    """The date (UTC) of a snapshot; SOURCE_DATE_EPOCH replaces the clock, as in other tools."""
    fixed = environment.get("SOURCE_DATE_EPOCH", "")
    now = datetime.now(timezone.utc)
    with suppress(ValueError, OverflowError, OSError):
        now = datetime.fromtimestamp(int(fixed), timezone.utc)
    return now.date().isoformat()


class _Fetching:
    """One run: the answers so far, and the reasons for those that are missing."""

    def __init__(self, client: Client, wanted: Wanted, progress: Progress) -> None:
        self._client = client
        self._wanted = wanted
        self._progress = progress
        self._failed: dict[str, str] = {}
        self._data: dict[str, Any] = {}

    def snapshot(self) -> Snapshot:
        self._data["project"] = self._project()
        self._lists()
        self._grant_types()
        self._metadata()
        self._data["failed"] = self._failed
        data = parts.without_key(self._data, self._client.key)
        return snapshot_from({**data, "version": VERSION, "asOf": today(os.environ)})

    def _ask(self, questions: Mapping[str, Callable[[], Any]]) -> dict[str, Any]:
        return ask_all(self._client, questions, self._progress)

    def _path(self, *rest: str) -> tuple[str, ...]:
        return ("projects", self._wanted.project, *rest)

    def _json(self, *rest: str) -> Callable[[], Any]:
        return lambda: self._client.json(self._path(*rest))

    def _project(self) -> dict[str, str]:
        """The project's id and name. Raises FetchError if it, or the API, is out of reach."""
        answer = self._ask({"project": self._json()})["project"]
        if isinstance(answer, ApiError):
            if answer.status == 401:
                raise FetchError(f"the API refused the key (401){_said(answer)}")
            if answer.status == 404:
                raise FetchError(self._no_project())
            if answer.status is None:
                raise FetchError(answer.reason)
            self._failed["project"] = answer.reason
        facts = mapping(answer)
        name = text(facts.get("name")) or self._wanted.project
        return {"id": text(facts.get("id")), "name": name}

    def _no_project(self) -> str:
        words = f"the API knows no project `{printable(self._wanted.project)}` for this key (404)"
        answer = self._ask({"projects": lambda: self._client.json(("projects",))})["projects"]
        if isinstance(answer, ApiError):
            return words
        listed = answer if isinstance(answer, list) else []
        names = {text(mapping(one).get("name")) for one in listed} - {""}
        near = nearest(self._wanted.project, sorted(names))
        return f"{words}; did you mean `{printable(near)}`?" if near else words

    def _lists(self) -> None:
        """Fetch the lists. Raises FetchError if none can be had."""
        installations = self._path(INSTALLATIONS)
        questions: dict[str, Callable[[], Any]] = {
            DESTINATIONS: self._json("destinations"),
            PROVIDER_APPS: self._json("provider-apps"),
            INTEGRATIONS: self._json("integrations"),
            INSTALLATIONS: lambda: Installations.count(self._client.elements(installations)),
        }
        if self._wanted.catalog:
            questions[CATALOG] = lambda: self._client.json(("providers",))
        answers = self._ask(questions)
        self._keep(DESTINATIONS, answers[DESTINATIONS], parts.destination)
        self._keep(INTEGRATIONS, answers[INTEGRATIONS], parts.integration)
        self._keep(PROVIDER_APPS, answers[PROVIDER_APPS], parts.provider_app)
        if self._data.keys().isdisjoint((DESTINATIONS, INTEGRATIONS, PROVIDER_APPS)):
            project = quoted(self._wanted.project)
            reason = self._failed[DESTINATIONS]
            raise FetchError(f"no list of project {project} could be fetched: {reason}")
        if PROVIDER_APPS in self._data:
            names = {one["name"] for one in self._data[PROVIDER_APPS]}
            self._data[PROVIDER_APPS] = sorted(names)
        self._installations(answers[INSTALLATIONS])
        self._catalog(answers.get(CATALOG))

    def _keep(self, part: str, answer: Any, make: Callable[[Any], dict[str, Any]]) -> None:
        if isinstance(answer, ApiError):
            self._failed[part] = answer.reason
            return
        try:
            entries, odd = parts.listed(answer, make)
        except parts.NotAListError:
            self._failed[part] = "the answer is not a list"
            return
        self._data[part] = entries
        if odd:
            self._failed[part] = f"{odd} of {odd + len(entries)} entries have no usable name"

    def _installations(self, answer: Installations | ApiError) -> None:
        """Put the numbers of installations to the integrations."""
        integrations = self._data.get(INTEGRATIONS, [])
        if isinstance(answer, ApiError) and answer.too_large and integrations:
            answer = self._installations_one_by_one(integrations)
        if isinstance(answer, ApiError):
            self._failed[INSTALLATIONS] = answer.reason
            return
        if answer.odd:
            self._failed[INSTALLATIONS] = f"{answer.odd} do not say which integration they are of"
        selections: dict[str, Any] = {}
        for one in integrations:
            counts = answer.of(one["id"])
            one[INSTALLATIONS] = counts.installations
            if counts.pinned_proxy:
                one["pinnedProxy"] = counts.pinned_proxy
            if self._wanted.with_customers:
                one["customers"] = sorted(counts.customers - {""})
            if counts.objects:
                selections[one["name"]] = {
                    name: found.data() for name, found in counts.objects.items()
                }
        self._data["selections"] = selections

    def _installations_one_by_one(
        self, integrations: Iterable[Mapping[str, Any]]
    ) -> Installations | ApiError:
        """Ask for the installations of each integration: one list of all is too large."""
        ids = [one["id"] for one in integrations if one["id"]]
        answers = self._ask({one: self._counting(one) for one in ids})
        counted = Installations()
        for answer in answers.values():
            if isinstance(answer, ApiError):
                return answer
            counted.merge(answer)
        return counted

    def _counting(self, integration: str) -> Callable[[], Installations]:
        path = self._path("integrations", integration, INSTALLATIONS)
        return lambda: Installations.count(self._client.elements(path))

    def _catalog(self, answer: Any) -> None:
        if answer is None:
            return
        if isinstance(answer, ApiError):
            self._failed[CATALOG] = answer.reason
            return
        found = parts.catalog(answer)
        if not found:
            self._failed[CATALOG] = "the answer holds no provider"
            return
        self._data[CATALOG] = found
        self._data["grantTypes"] = {
            name: grant for name in found if (grant := parts.grant_type(answer[name]))
        }

    def _grant_types(self) -> None:
        """Ask how customers sign in to those providers that have no app: with client credentials
        they need none. Not to know it costs nothing, so a failure is not recorded."""
        if "grantTypes" in self._data or PROVIDER_APPS not in self._data:
            return
        used = {one["provider"] for one in self._data.get(INTEGRATIONS, [])}
        used = (used | self._wanted.providers) & _oauth_providers()
        without_app = sorted(used.difference(self._data[PROVIDER_APPS]))
        answers = self._ask({name: self._provider(name) for name in without_app})
        found = {name: parts.grant_type(answer) for name, answer in answers.items()}
        self._data["grantTypes"] = {name: grant for name, grant in found.items() if grant}

    def _provider(self, name: str) -> Callable[[], Any]:
        return lambda: self._client.json(("providers", name))

    def _metadata(self) -> None:
        """Ask for the objects in the accounts of the groups."""
        wanted = self._wanted
        if not wanted.groups:
            return
        questions = {
            f"{provider}/{name} of {group}": (provider, name, group)
            for provider, name in wanted.objects
            for group in wanted.groups
        }
        answers = self._ask({key: self._object(*asked) for key, asked in questions.items()})
        found: dict[str, dict[str, Any]] = {}
        for key, (provider, name, _) in questions.items():
            answer = answers[key]
            if isinstance(answer, ApiError) and answer.status != 404:
                self._failed.setdefault(METADATA, f"`{name}` of {provider}: {answer.reason}")
                continue
            objects = found.setdefault(provider, {})
            _add_account(objects.setdefault(name, _no_object()), answer)
        for objects in found.values():
            for facts in objects.values():
                if wanted.with_customers:
                    facts["groups"] = sorted(wanted.groups)
        self._data[METADATA] = found

    def _object(self, provider: str, name: str, group: str) -> Callable[[], Any]:
        path = self._path("providers", provider, "objects", name, "metadata")
        return lambda: self._client.json(path, {"groupRef": group})


def _oauth_providers() -> frozenset[str]:
    from amp_schema.catalog import catalog

    known = catalog().providers
    return frozenset(name for name, one in known.items() if one.auth_type == "oauth2")


def _no_object() -> dict[str, Any]:
    return {"accounts": 0, "missing": 0, "fields": {}}


def _add_account(facts: dict[str, Any], answer: Any) -> None:
    """Add what one account says about an object: 404 means that it lacks it."""
    if isinstance(answer, ApiError):
        facts["missing"] += 1
        return
    facts["accounts"] += 1
    label = text(mapping(answer).get("displayName"))
    if label:
        facts["displayName"] = label
    for name, field in parts.fields(answer).items():
        known = facts["fields"].setdefault(name, {**field, "accounts": 0})
        known["accounts"] += 1


def _said(answer: ApiError) -> str:
    """What the API says besides the status."""
    words = answer.reason.removeprefix(f"{answer.status}").strip()
    return f": {words}" if words else ""
