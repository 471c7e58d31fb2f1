"""Names that are said by halves, and unclear ones that the conversation settles: "the ohio one", "what about techs".

Pure.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from difflib import SequenceMatcher

from actions.connectives import ASIDE, CONNECTIVES, LINK
from actions.context import Context, words
from actions.nicknames import NICKNAMES
from actions.places import AT_HOME, CARRIED_PLACE, THERE
from actions.routing import FALLBACK, SURE
from actions.turn import Mention, Turn
from knowledge.catalog import Catalog, Place
from knowledge.importers.titles import singular
from knowledge.scope import COUNTRY
from knowledge.sounds import sound

KIN = 6  # letters that two words share at the start, as "pharmacist" and "pharmacy"
LIKE, LONG_ENOUGH, PREFIX = 0.8, 5, 3  # how alike a misspelt word is, its least length, the least of a shortened one
_STATEWIDE = re.compile(
    r"(?<!not )\b(?:the|that|this|my|our|same|whole|entire|all (?:of )?the) (?:whole |entire |same )?state\b"
    r"(?! (?:pays?|exam|license|board))|\bstate[- ]?wide\b"
    r"|^\W*(?:and |the )*state(?: level| average| overall| as a whole| total)?\W*$",
    re.I,
)
_OF_FIGURES = frozenset(("ask_pay", "ask_comparison", "ask_outlook", "follow_up", "affirm", "deny", FALLBACK))
_STATES = re.compile(  # "sorry, I meant the states overall", after two cities
    r"\b(?:both|their|whole|entire) states\b|\bthe states (?:overall|as a whole|not|in general|themselves)\b"
    r"|\b(?:meant?|wanted) (?:for )?the states\W*$"
    r"|\bnot (?:the |just the )?(?:cities|metros?)\b",
    re.I,
)
# "how many are there in the country", but not "I live in the country"
_COUNTRYWIDE = re.compile(
    r"(?<!live )(?<!living )(?<!out )(?<!house )(?<!home )\b(?:in|across|around|throughout|for|of) the"
    r" (?:whole |entire )?(?:country|nation)\b|\b(?:whole|entire) (?:country|nation)\b|\b(?:country|nation)-?wide\b",
    re.I,
)
# "what about techs": another one than the one that is talked of
_CONTRAST = re.compile(r"^\W*(?:(?:ok|okay|so|oh|well|and|but|then)\W+)*(?:what|how) about\b", re.I)
_THE_CITY = re.compile(
    rf"{LINK}(?:(?:sorry|i mean|i meant|just|not the state|in) )*(?:the )?city(?: itself| of \w+)?"
    r"(?:,? not the (?:whole |entire )?state)?\W*$",
    re.I,
)
# topics of which no place is asked, in whose answers there is no "there"
_NOWHERE = frozenset(
    "education duties definition skills experience how_to_become advancement related_careers fit".split()
)
# "back home, not Louisville": a place that is not meant, and the words that say which is meant instead
_REFUSED = re.compile(r"\b(?:not|instead of|rather than|never said)\s+(?:(?:in|for|the|from)\s+)*$", re.I)
_MEANT = re.compile(
    rf"{AT_HOME.pattern}|\bth(?:e|at) (?:state|city|country|nation|other(?: one| place)?|first(?: one)?)\b", re.I
)
# what is called like a state and lies in none: whoever then says "the state" means the other
_NAMESAKES: Mapping[str, str] = {"US-DC": "US-WA"}
_ANOTHER = re.compile(r"\bother (?:kinds?|types?|sorts?) of\b", re.I)
_OF_ALL = frozenset(("medical", "health", "information", "technician", "tech"))  # words that tell none of them apart
_THE_ONE = re.compile(r"\b(?:the|that|this) (?:\w+ ){1,3}one\b|\bone in\b", re.I)


def words_of_each(catalog: Catalog, ids: Iterable[str]) -> dict[str, set[str]]:
    found = {}
    for id in ids:
        name = (
            catalog.places[id].name
            if id in catalog.places
            else f"{catalog.occupations[id].name} {NICKNAMES.get(id, '')}"
        )
        found[id] = {singular(word) for word in words(name)}
    return found


def by_words(names: Mapping[str, set[str]], text: str) -> str | None:
    """The one whose own words the text has most of, shortened and misspelt ones too; None unless one has the most.
    Words that are only written as they sound ("farmacy") count where nothing else does."""
    return _most_like(names, text, _like) or _most_like(names, text, _sounds_like)


def _most_like(names: Mapping[str, set[str]], text: str, like: Callable[[str, str], bool]) -> str | None:
    shared = set.intersection(*names.values()) if names else set()
    said = [singular(word) for word in words(text) if word not in CONNECTIVES]
    scores = {id: sum(any(like(s, own) for s in said) for own in known - shared) for id, known in names.items()}
    best = max(scores.values(), default=0)
    leading = [id for id, score in scores.items() if score == best]
    return leading[0] if best and len(leading) == 1 else None


def _sounds_like(said: str, name: str) -> bool:
    """Whether a word is like a name but for how it is spelt, its first letter too: "farmasy", "pahrmacy"."""
    if min(len(said), len(name)) < LONG_ENOUGH:
        return False
    return SequenceMatcher(None, sound(said), sound(name)).ratio() >= LIKE


def _like(said: str, name: str) -> bool:
    if said == name or (len(said) >= PREFIX and len(name) > len(said) + 1 and name.startswith(said)):
        return True
    if min(len(said), len(name)) < LONG_ENOUGH or said[0] != name[0]:
        return False
    return said[:KIN] == name[:KIN] or SequenceMatcher(None, said, name).ratio() >= LIKE


def _cities(catalog: Catalog, id: str) -> set[str]:
    name, _, _ = catalog.places[id].name.rpartition(",")
    return {city.strip().lower() for city in name.split("-") if city.strip()}


def namesake(catalog: Catalog, places: Iterable[str], state: str) -> str | None:
    """The metro area in a state that has the name of the city that these metro areas share, if there is one."""
    known = catalog.places.get(state)
    metros = [id for id in places if id in catalog.places and catalog.places[id].level == "metro"]
    if known is None or known.abbreviation is None or not metros:
        return None
    shared = set.intersection(*(_cities(catalog, id) for id in metros))
    if len(metros) == 1:  # the first city gives an area its everyday name
        shared = {catalog.places[metros[0]].name.split(",")[0].split("-")[0].strip().lower()}
    for place in catalog.places.values():
        states = place.name.rpartition(",")[2].strip().split("-")
        if place.level == "metro" and known.abbreviation in states and shared & _cities(catalog, place.id):
            return place.id
    return None


def placed(catalog: Catalog, context: Context, turn: Turn) -> Turn:
    """The turn with the place that it means by halves: "Maine" corrects "Portland" to the one there; "the state as a
    whole" is the one the city lies in; "Fayetteville" the one that was talked of, or lies in the state that was."""
    turn = replace(turn, mentions=tuple(_located(catalog, context, mention) for mention in _meant(turn)))
    now = catalog.places.get(context.place or "")
    both = [catalog.places[id] for id in context.compared("place") if id in catalog.places]
    of_pay = turn.intent in _OF_FIGURES or turn.confidence < SURE  # not "do I need a license in both states"
    if both and of_pay and set(turn.values("place")) <= {COUNTRY} and _STATES.search(turn.text):
        wider = dict.fromkeys(_state_of(catalog, context, p) if p.level == "metro" else p.id for p in both)
        kept = tuple(m for m in turn.mentions if m.kind not in ("place", "employer_type"))
        named = tuple(Mention("place", id) for id in wider)
        asked = "ask_comparison" if len(named) > 1 else "follow_up"
        return replace(turn, mentions=(*kept, *named), intent=asked, settled=True)
    if now is not None and not turn.values("place") and _COUNTRYWIDE.search(turn.text):
        return replace(turn, mentions=(*turn.mentions, Mention("place", COUNTRY)))
    if now is None or now.level not in ("metro", "state"):
        return turn
    others = tuple(m for m in turn.mentions if m.kind != "place")
    states = turn.values("place")
    if _STATEWIDE.search(turn.text) and set(states) <= {COUNTRY}:  # "the state", which alone is "the States"
        state = now.id if now.level == "state" else _state_of(catalog, context, now)
        state = _NAMESAKES.get(state, state)
        return replace(turn, mentions=(*others, Mention("place", state))) if states or state != now.id else turn
    if _asks_there(context, turn):
        return turn.settled_as("ask_pay")
    if not states and (within := _narrower(catalog, context, now, turn)):
        return replace(turn, mentions=(*turn.mentions, Mention("place", within)))
    other = _twin(catalog, now, turn)
    if now.level == "state" and other is None:
        return turn
    the_one = bool(_THE_ONE.search(turn.text))
    asking = frozenset() if the_one else frozenset(("and", "or", "what", "how", "also", "too", "all"))
    bare = not set(words(turn.rest)) - (CONNECTIVES - asking)
    if other is None and len(states) == 1 and bare and not others and states[0] != (None if the_one else now.parent):
        if the_one and _states(catalog, states[0]) & _states(catalog, now.id):
            other = now.id  # "the Oregon one", of Portland
        elif states[0] in catalog.places and catalog.places[states[0]].level == "state":
            other = namesake(catalog, (now.id,), states[0])
    return replace(turn, mentions=(Mention("place", other),), intent="follow_up", settled=True) if other else turn


def _meant(turn: Turn) -> tuple[Mention, ...]:
    """The mentions of a turn without a place that it says it does not mean, where it says which it does."""
    refused = [m for m in turn.mentions if m.kind == "place" and _REFUSED.search(turn.text[: m.start])]
    others = [m for m in turn.mentions if m.kind == "place" and m not in refused]
    says = others or _MEANT.search(turn.text)
    return tuple(m for m in turn.mentions if m not in refused) if refused and says else turn.mentions


def _asks_there(context: Context, turn: Turn) -> bool:
    """Whether "and a registered nurse there?" asks for a figure, where the last answer knew no places."""
    elsewhere = context.topic in _NOWHERE and not (context.school or context.employer_type)
    bare = turn.kinds == {"occupation"} and not set(words(ASIDE.sub(" ", turn.rest))) - CONNECTIVES
    return elsewhere and bare and bool(THERE.search(turn.text))


def _narrower(catalog: Catalog, context: Context, now: Place, turn: Turn) -> str | None:
    """The metro area that "there" means after a question on its state that figures do not answer: "would I need a new
    license in Florida", of somebody who moves to Orlando."""
    if now.level != "state" or context.topic in CARRIED_PLACE or not THERE.search(turn.text):
        return None
    before = catalog.places.get(context.last("place", now.id) or "")
    inside = before and before.level == "metro" and _states(catalog, now.id) <= _states(catalog, before.id)
    return before.id if before and inside else None


def _twin(catalog: Catalog, now: Place, turn: Turn) -> str | None:
    """The one other place of that name: "the other Portland", "the other Carolina"."""
    if now.level == "state" and _THE_CITY.match(turn.text):  # "New York, I mean the city"
        own = {now.name.lower(), f"{now.name} city".lower()}
        return next(
            (p.id for p in catalog.places.values() if p.level == "metro" and own & _cities(catalog, p.id)), None
        )
    name = (now.name.split(",")[0].split("-")[0] if now.level == "metro" else now.name.split()[-1]).strip().lower()
    if not re.search(rf"\b(?:other|wrong|different) {re.escape(name)}\b", turn.text, re.I):
        return None
    named = {
        p.id: _cities(catalog, p.id) if p.level == "metro" else {p.name.split()[-1].lower()}
        for p in catalog.places.values()
        if p.level == now.level and p.id != now.id
    }
    twins = [id for id, names in named.items() if name in names]
    return twins[0] if len(twins) == 1 else None


def _located(catalog: Catalog, context: Context, mention: Mention) -> Mention:
    """An unclear place as the places that were talked of tell, the last first; itself if they do not."""
    if mention.kind != "place" or len(mention.candidates) < 2:
        return mention
    spoken = [id for id in (context.home, *context.spoken("place"), context.place) if id]
    found = [id for id in reversed(spoken) if id in mention.candidates]
    if not found and spoken:
        states = _states(catalog, spoken[-1])
        found = [id for id in mention.candidates if states & _states(catalog, id)]
        found = found if len(found) == 1 else []
    return replace(mention, value=found[0], candidates=()) if found else mention


def _states(catalog: Catalog, id: str) -> set[str]:
    """The abbreviations of the states in which a place lies."""
    place = catalog.places.get(id)
    if place is None or place.level == "country":
        return set()
    if place.level == "metro":
        return set(place.name.rpartition(",")[2].strip().split("-"))
    state = catalog.places.get(place.parent or "") if place.level == "nonmetro" else place
    return {state.abbreviation} if state is not None and state.abbreviation else set()


def _state_of(catalog: Catalog, context: Context, metro: Place) -> str:
    """The state of a metro area; of one in several states the one that was talked of last."""
    letters = metro.name.rpartition(",")[2].strip().split("-")
    spoken = (catalog.places.get(id) for id in reversed(context.spoken("place")))
    known = next((p.id for p in spoken if p and p.level == "state" and p.abbreviation in letters), None)
    return known or metro.parent or metro.id


def akin(catalog: Catalog, context: Context, turn: Turn) -> Turn:
    """The turn with an unclear occupation settled by the conversation: one of its meanings was talked of, or is of the
    family of the current one ("the technician, not the pharmacist"), or the message says a word of one of them; "what
    about techs" means the other one."""
    other = bool(_CONTRAST.match(turn.text)) and turn.kinds == {"occupation"}
    return replace(turn, mentions=tuple(_settled(catalog, context, turn, mention, other) for mention in turn.mentions))


def _settled(catalog: Catalog, context: Context, turn: Turn, mention: Mention, other: bool) -> Mention:
    if mention.kind != "occupation" or len(mention.candidates) < 2:
        return mention
    told = [m.value for m in (*turn.told, *turn.mentions) if m.value in mention.candidates and not m.candidates]
    own = list(dict.fromkeys(told)) or _by_own_words(catalog, mention, turn)  # "pharm tech 4 years. do techs earn …"
    spoken = [id for id in mention.candidates if f"occupation:{id}" in context.recent and id != context.occupation]
    if context.occupation in mention.candidates:
        same = catalog.stood_in
        apart = [id for id in mention.candidates if context.occupation not in (id, same.get(id))]
        another = _ANOTHER.search(turn.text) and [id for id in apart if same.get(context.occupation) != id]
        one = another or (spoken if other else [])
    else:
        family = [id for id in mention.candidates if _related(catalog, id, context.occupation)]
        one = own if len(own) == 1 else spoken if len(spoken) == 1 else family
    return Mention(mention.kind, one[0], (), mention.start, mention.end) if len(one) == 1 else mention


def _by_own_words(catalog: Catalog, mention: Mention, turn: Turn) -> list[str]:
    """The meanings of an unclear name of which the message says a word elsewhere: "the pharmacy counter, as a tech"."""
    names = words_of_each(catalog, mention.candidates)
    shared = set.intersection(*names.values()) | _OF_ALL
    said = {singular(word) for word in words(f"{turn.whole[: mention.start]} {turn.whole[mention.end :]}")}
    kin = {word[:KIN] for word in said if len(word) > KIN}  # "our pharmacist says techs …"
    return [id for id, own in names.items() if (said & (own - shared)) or kin & {word[:KIN] for word in own - shared}]


def _related(catalog: Catalog, one: str, other: str | None) -> bool:
    if other is None or other not in catalog.occupations or one not in catalog.occupations:
        return False
    a, b = (catalog.occupations[id].name.split()[0] for id in (one, other))
    return len(a) >= KIN and a[:KIN] == b[:KIN] and a[:KIN] not in ("medica", "health")
