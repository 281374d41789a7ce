"""How reports are to be checked, as a file beside them says: ``docparse.toml`` in, choices out.

What the command line asks for beats the file, and the file beats its profile. A profile is a set
of choices under a name; those of ``patterns/profiles.toml`` are shipped, a user's own stand in
``docparse.toml``. ``select`` starts afresh, ``ignore`` takes away from what was chosen before.

>>> choose(Asked(ignore=("FIG",)), Settings(profile="chac-chan")).ignore
('FIG',)
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import get_args

from docparse.decide.files import Written, found_above, nearest_first, read_written
from docparse.errors import UsageError
from docparse.patterns import Patterns, load
from docparse.patterns.tables import FailOn, Profile, Severity
from docparse.read.limits import Limits, read_limits

SETTINGS_FILE = "docparse.toml"
LEVELS: tuple[Severity, ...] = get_args(Severity)
FAIL_ON: tuple[FailOn, ...] = get_args(FailOn)
_CHOICES = ("select", "ignore", "level", "fail-on")
_FILES = ("patterns", "decisions", "baseline")
_KEYS = (*_CHOICES, "lang", "profile", *_FILES, "jobs", "limits", "profiles")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The choices of one layer; None where it says nothing."""

    profile: str | None = None
    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] | None = None
    level: str | None = None
    fail_on: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a settings file says; paths are those of the file's own folder."""

    path: Path | None = None
    lang: str | None = None
    profile: str | None = None
    asked: Asked = field(default_factory=Asked)
    patterns: Path | None = None
    decisions: Path | None = None
    baseline: Path | None = None
    jobs: int | None = None
    limits: Limits | None = None
    profiles: tuple[Profile, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What is to be checked, shown, and to count as a failure."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    level: str = "warning"
    fail_on: str = "error"


def find_settings(start: str | Path) -> Path | None:
    """The settings file of a report or folder: the nearest one in its folder or above."""
    return found_above(Path(start), SETTINGS_FILE)


def read_settings(path: Path) -> Settings:
    """What a settings file says; SettingsError names the file, the line and the key."""
    written = read_written(path)
    written.only(_KEYS)
    profiles = written.table("profiles")
    own = tuple(_profile(profiles.table(name), name) for name in profiles.content)
    settings = Settings(
        path=path,
        lang=written.choice("lang", ("vi", "en")),
        profile=written.text("profile"),
        asked=_asked(written),
        jobs=_whole(written, "jobs"),
        limits=_limits(written.table("limits")),
        profiles=own,
        **{key: _file(written, key) for key in _FILES},
    )
    if settings.profile is not None:
        try:
            find_profile(settings.profile, settings)
        except UsageError as error:
            raise written.fault("settings-unknown-profile", "profile", **error.values) from error
    return settings


def choose(asked: Asked, settings: Settings, patterns: Patterns | None = None) -> Choices:
    """One set of choices; a profile that the caller names sets aside what the file chooses."""
    if asked.profile is not None:
        layers = [_of_profile(find_profile(asked.profile, settings, patterns)), asked]
    elif settings.profile is not None:
        profile = find_profile(settings.profile, settings, patterns)
        layers = [_of_profile(profile), settings.asked, asked]
    else:
        layers = [settings.asked, asked]
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    for layer in layers:
        if layer.select is not None:
            select, ignore = layer.select, ()
        ignore += layer.ignore or ()
    level = _last((layer.level for layer in layers), "warning")
    fail_on = _last((layer.fail_on for layer in layers), "error")
    return Choices(select=select, ignore=ignore, level=level, fail_on=fail_on)


def find_profile(name: str, settings: Settings, patterns: Patterns | None = None) -> Profile:
    """A profile by its name or another name of it; the user's own come first."""
    names: dict[str, Profile] = {}
    for one in (*settings.profiles, *(patterns or load()).profiles):
        for each in (one.id, *one.written):
            names.setdefault(each, one)
    if name not in names:
        raise UsageError("unknown-profile", asked=name, known=nearest_first(name, names))
    return names[name]


def _of_profile(one: Profile) -> Asked:
    return Asked(select=one.select, ignore=one.ignore, level=one.level, fail_on=one.fail_on)


def _last(said: Iterable[str | None], default: str) -> str:
    """What the highest layer says that says anything."""
    return next((one for one in reversed(list(said)) if one is not None), default)


def _profile(written: Written, name: str) -> Profile:
    written.only(_CHOICES)
    asked = _asked(written)
    choices: Mapping[str, str] = {
        key: value
        for key, value in (("level", asked.level), ("fail_on", asked.fail_on))
        if value is not None
    }
    return Profile(
        id=name,
        name=name,
        english=name,
        select=asked.select or (),
        ignore=asked.ignore or (),
        **choices,  # type: ignore[arg-type]  # both were looked at
    )


def _asked(written: Written) -> Asked:
    return Asked(
        select=_codes(written, "select"),
        ignore=_codes(written, "ignore"),
        level=written.choice("level", LEVELS),
        fail_on=written.choice("fail-on", FAIL_ON),
    )


def _codes(written: Written, key: str) -> tuple[str, ...] | None:
    """Codes of checks, whole or cut short; one that no check begins with is refused."""
    codes = written.texts(key)
    known = [one.code for one in load().checks.values()]
    for code in codes or ():
        if not code or not any(one.startswith(code.upper()) for one in known):
            families = dict.fromkeys(one[:3] for one in known)
            raise written.fault(
                "settings-unknown-check", key, said=code, known=nearest_first(code, families)
            )
    return codes


def _file(written: Written, key: str) -> Path | None:
    name = written.text(key)
    return None if name is None else written.path.parent / name


def _whole(written: Written, key: str) -> int | None:
    number = written.number(key)
    if number is not None and number != int(number):
        raise written.fault("settings-not-number", key)
    return None if number is None else int(number)


def _limits(written: Written) -> Limits | None:
    """The table [limits], by the names that ``--limits`` knows."""
    if not written.content:
        return None
    said: list[str] = []
    for key in written.content:
        said.append(f"{key}={written.number(key):.15g}")
        try:
            read_limits(said[-1])
        except UsageError as error:
            written.only(str(error.values["known"]).split(", "))
            raise written.fault("settings-not-number", key) from error
    return read_limits(",".join(said))
