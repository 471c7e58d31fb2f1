"""Names that people use, from the titles that statistics use: occupations and areas. Mostly pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from sqlalchemy import insert, select
from sqlalchemy.engine import Connection

from knowledge import models
from knowledge.vocabulary import FOLDER, Vocabulary, read_yaml

_EXCEPT = re.compile(r",? (?:except|not elsewhere|including)\b.*$", re.IGNORECASE)
# A part of a title names people on its own if it ends like this and is not one of the words that many titles share.
_AGENT = re.compile(
    r"(ers|ors|ists|ians|ants|ents|men|guards|clerks|cooks|pilots|chefs|aides|smiths|judges|nurses|secretaries)$", re.I
)
_TOO_GENERAL = frozenset(
    f"{word}s"
    for word in """
    specialist worker operator manager technician technologist assistant attendant inspector supervisor analyst
    officer agent representative clerk helper driver mate checker tender setter repairer installer server mover
    loader handler aide administrator director instructor coordinator advisor consultant planner examiner
    investigator processor trainer
    caster changer cutter faller filer fitter grader model molder performer pruner sampler scaler searcher sewer shaper
    sharpener weigher
""".split()
)
_TURNED = re.compile(r"^(\w+), ([\w ]+?)$")
_ACRONYM = re.compile(r"^[A-Z]{2,}$")
LETTERS = "letters"  # the kind of a name that is one only as people write that of somebody: "a PA", "PTs"


def slug(title: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")


def is_letters(name: str) -> bool:
    """Whether a name is but letters in capitals, which mean other things too: "PA", "OT"."""
    return bool(_ACRONYM.match(name))


def sentence_case(title: str) -> str:
    """A title as it stands inside a sentence: lower case but for acronyms."""
    return " ".join(word if _ACRONYM.match(word.strip(",")) else word.lower() for word in title.split())


@lru_cache(maxsize=50_000)  # every word of every message and name, again and again
def singular(word: str) -> str:
    """The singular of an English noun, by rule: good enough to match names, never shown to a reader."""
    lower = word.lower()
    if lower.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if re.search(r"(ss|us|is)$", lower) or len(word) < 4:
        return word
    if re.search(r"(xes|ches|shes|sses)$", lower):
        return word[:-2]
    if lower.endswith("s"):
        return word[:-1]
    if lower.endswith("men"):
        return word[:-3] + "man"
    return word


def title_aliases(title: str) -> list[str]:
    """Names inside a statistical title: "Plumbers, Pipefitters, and Steamfitters" gives all three.

    A part counts only if it ends in a plural noun ("Heavy and Tractor-Trailer Truck Drivers" has one part).
    """
    if title.lower().endswith("all other"):
        return [title.lower()]  # "Managers, All Other" is not what people mean by "managers"
    core = _EXCEPT.sub("", title)
    parts = [part.strip() for part in re.split(r",| and ", core) if part.strip()]
    parts = [re.sub(r"^(and|all other) ", "", part) for part in parts]
    names = [title.lower(), core.lower()]
    if len(parts) > 1 and all(re.search(r"[a-z]s$|men$", part) for part in parts):
        names += [part.lower() for part in parts if _AGENT.search(part) and part.lower() not in _TOO_GENERAL]
    elif len(parts) > 1 and parts[-1].lower() == "postsecondary":
        names += [" ".join(parts[:-1]).lower()]
    elif (turned := _TURNED.match(core)) and _AGENT.search(turned.group(1)):  # "Opticians, Dispensing"
        who, kind = turned.group(1).lower(), turned.group(2).lower()
        names += [f"{kind} {who}", *([who] if who not in _TOO_GENERAL else [])]
    return list(dict.fromkeys(name for name in names if len(name) > 2))


def area_aliases(name: str, state_names: Mapping[str, str] | None = None) -> list[str]:
    """Names of an area: "San Jose-Sunnyvale-Santa Clara, CA" gives each city, with and without the state.

    `state_names`: abbreviation -> name, both in lower case.
    """
    if "," not in name:
        return [name.lower()]
    if "nonmetropolitan" in name.lower():
        return [name.lower()]
    whole = [name.lower(), name.rsplit(",", 1)[0].lower()]
    return list(dict.fromkeys(whole + city_aliases(name, state_names)))


def city_aliases(name: str, state_names: Mapping[str, str] | None = None) -> list[str]:
    """Names of each city in "Tempe-Gilbert, AZ", with and without the state. `state_names` as in `area_aliases`."""
    cities, states = name.rsplit(",", 1)
    parts = [part.strip().lower() for part in re.split(r"-{1,2}|/", cities) if part.strip()]
    abbreviations = [part.strip().lower() for part in states.split("-")]
    names = []
    spellings = []
    for part in parts:
        spellings.append(part)
        if part.endswith(" city") and len(parts) == 1:
            spellings.append(part.removesuffix(" city"))
        for short, long in (("st.", "saint"), ("st.", "st"), ("fort ", "ft ")):
            if part.startswith(short):
                spellings.append(part.replace(short, long, 1))
    for part in spellings:
        names.append(part)
        for state in abbreviations:
            full = (state_names or {}).get(state)
            names += [f"{part}, {state}", f"{part} {state}"] + ([f"{part}, {full}", f"{part} {full}"] if full else [])
    return list(dict.fromkeys(names))


def rural_aliases(state: str) -> list[str]:
    """What people call the part of a state outside its metropolitan areas: "rural Kansas"."""
    state = state.lower()
    before = ("rural", "nonmetro", "non-metro", "nonmetropolitan", "small town", "small-town", "the countryside of")
    far = ("boonies", "backwoods", "the sticks", "middle of nowhere", "small town", "small towns", "rural parts")
    after = ("outside the cities", "outside of the cities", "outside the metro areas", "countryside", "rural areas")
    names = [f"{one} {of} {state}" for one in (*far, "rural areas") for of in ("in", "of")]
    return [*names, *(f"{one} {state}" for one in before), *(f"{state} {one}" for one in after)]


_DIRECTIONS = ("north", "south", "east", "west", "northeast", "northwest", "southeast", "southwest")
_REGION = re.compile(rf"^(?P<where>{'|'.join(_DIRECTIONS)}|central|middle)(?:ern)? (?P<state>.+)$")
# States' abbreviations that are words: "northern in" is not the north of Indiana.
_WORDS = frozenset(("as", "hi", "in", "me", "ok", "or"))
# Regions of which most people mean the cities, which lie outside the area of this name.
_OF_CITIES = frozenset(
    (
        *("central indiana", "central north carolina", "northeast pennsylvania", "northeast virginia"),
        *("northern indiana", "north indiana", "south florida", "southern michigan", "south michigan"),
        *("southwest pennsylvania", "west washington"),
    )
)


def region_aliases(name: str, state: str, abbreviation: str) -> list[str]:
    """What people call the region that a nonmetropolitan area is named after: "West Tennessee nonmetropolitan area"
    gives "western tennessee", "west tn" and "western part of tennessee"; [] where it is named after its state alone, or
    where most people mean its cities. `state`: its name; `abbreviation`: two letters."""
    region = re.sub(r" nonmetropolitan area.*$", "", name.lower()).replace(" region of ", " ").strip()
    state = state.lower()
    match = _REGION.match(region)
    if match is None or match.group("state") != state:
        return [] if region in (state, f"balance of {state}") else [region]
    where = match.group("where")
    if f"{where} {state}" in _OF_CITIES:
        return []
    spellings = [where] if where in ("central", "middle") else [where, f"{where}ern"]
    states = [state, *(() if abbreviation.lower() in _WORDS else (abbreviation.lower(),))]
    names = [f"{one} {of}" for one in spellings for of in states]
    return [*names, *(f"{spellings[-1]} part of {of}" for of in states), f"{spellings[-1]} side of {state}"]


def load_titles(connection: Connection, rows: Iterable[Sequence[str]], vocabulary: Vocabulary) -> None:
    """Write every occupation of the statistics that is not known in depth, with its names."""
    common = {str(code): names for code, names in read_yaml(FOLDER / "vocabulary" / "common_titles.yml").items()}
    by_soc = {str(e["soc"]).replace("-", ""): id for id, e in vocabulary.occupations.items() if e.get("soc")}
    occupations, codes, labels = [], [], []
    aliases = {code: title_aliases(title) for code, title in rows if code not in by_soc}
    uses = Counter(alias for names in aliases.values() for alias in names)
    taken = set(connection.execute(select(models.LabelRow.text).where(models.LabelRow.kind == "occupation")).scalars())
    taken |= {name for names in common.values() for name in names}
    for code, title in rows:
        if code in by_soc:
            continue
        id = slug(title)
        plural = sentence_case(title)
        occupations.append(
            {"id": id, "name": plural, "plural": plural, "official": title, "soc": code, "depth": "statistics"}
        )
        codes.append({"occupation_id": id, "system": "SOC", "value": f"{code[:2]}-{code[2:]}"})
        own = [alias for alias in aliases[code] if uses[alias] == 1 and alias not in taken]
        letters = [name for name in common.get(code, []) if is_letters(name)]
        own += [name for name in common.get(code, []) if name not in letters]
        labels += [{"kind": "occupation", "target": id, "text": alias} for alias in dict.fromkeys(own)]
        labels += [{"kind": LETTERS, "target": id, "text": name.lower()} for name in letters]
    connection.execute(insert(models.OccupationRow), occupations)
    connection.execute(insert(models.CodeRow), codes)
    connection.execute(insert(models.LabelRow), labels)
