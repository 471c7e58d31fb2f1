"""Questions about the last answer: who says that, how old is it, why do sources differ. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from actions import wording
from actions.draft import MAX_POINTS, Draft, Line
from knowledge.query import Other
from knowledge.scope import UNSTATED
from knowledge.statement import Edition, Statement

Editions = Mapping[str, Edition]
MORE = "Tell me more"
CONTRADICTS = ("differs", "older", "newer")  # relations of what another source says (Resolver.relation)
NUMBERS = {3: "Three", 4: "Four", 5: "Five", 6: "Six"}  # at the start of a sentence
KIND_WORDS = {
    1: "official statistics",
    2: "an official handbook",
    3: "the body that issues the credential",
    4: "a school that offers such programs",
    5: "a career website",
}

# "tell me more about the anatomy one", but not "about the first one", "about the rest"
_ABOUT_ONE = re.compile(
    r"\babout (?:the|their|its|those|these) (?!(?:first|second|third|other|last|rest|same|ones?|jobs?|sources?|pay"
    r"|salary|wages|money|outlook|growth|duties|schooling|education|skills|steps)\b)\w+",
    re.I,
)


def names_one(text: str) -> bool:
    """Whether a message that asks for more says of what."""
    return bool(_ABOUT_ONE.search(text))


def _by_edition(statements: Sequence[Statement]) -> dict[str, list[Statement]]:
    groups: dict[str, list[Statement]] = {}
    for statement in statements:
        groups.setdefault(statement.edition, []).append(statement)
    return groups


def _said(draft: Draft) -> list[Statement]:
    """The statements of the headline and the shown points, each once."""
    lines = (draft.headline, *draft.shown)
    return list({s.id: s for line in lines for s in line.statements}.values())


def sources(draft: Draft, editions: Editions) -> Draft:
    """Which source says the headline, where in it, and what kind of source it is; then the others."""
    lead = draft.headline.statements
    first = lead[0]
    edition = editions[first.edition]
    headline = Line(
        f"That comes from {wording.the(_publisher(edition))}, “{edition.title}”, {_dated(edition)}: "
        f"{KIND_WORDS[edition.source.authority]}.",
        (first,),
    )
    points = [Line(f"Where it stands: {first.locator}.", (first,))]
    for edition_id, statements in _by_edition([s for s in _said(draft) if s.edition != first.edition]).items():
        other = editions[edition_id]
        points.append(
            Line(
                f"{_publisher(other)}, “{other.title}”, {_dated(other)}: {KIND_WORDS[other.source.authority]}.",
                tuple(statements[:2]),
            )
        )
    return _instead(draft, headline, tuple(points))


def currency(draft: Draft, editions: Editions) -> Draft:
    """Which time the figures are from, when they were published, and whether newer ones may exist."""
    dated = [s for s in draft.headline.statements if s.scope.period != UNSTATED] or list(draft.headline.statements[:1])
    first = dated[0]
    edition = editions[first.edition]
    when = wording.when(first.scope.period)
    about = (
        f"The figure is for {when.removeprefix('in ').removeprefix('from ')}"
        if when
        else "The source gives no year for this"
    )
    published = (
        f"it was published on {wording.date(edition.published)}"
        if len(edition.published) > 7
        else f"the source was published in {wording.date(edition.published)}"
        if edition.published != "unknown"
        else f"the page has no date ({edition.published_estimate}, because {edition.estimate_reason})"
        if edition.published_estimate
        else "the page has no date"
    )
    verdict = (
        "Newer figures may exist." if draft.stale else "It is the newest that I have." if when else "It is what I have."
    )
    headline = Line(f"{about}; {published}, by {wording.the(_publisher(edition))}. {verdict}", (first,))
    points = []
    for edition_id, statements in _by_edition([s for s in _said(draft) if s.edition != first.edition]).items():
        other = editions[edition_id]
        periods = sorted({wording.dated(s.scope.period) for s in statements if s.scope.period != UNSTATED})
        speaks = f", figures for {wording.joined(periods)}" if periods else ""
        points.append(Line(f"{_publisher(other)}, “{other.title}”: {_dated(other)}{speaks}.", tuple(statements[:3])))
    return replace(
        draft, headline=headline, points=tuple(points), chart=None, table=None, notes=(), stale=False, verdict=None
    )


def contradicted(draft: Draft, others: Mapping[str, Sequence[Other]]) -> Draft:
    """A draft that shows no other view, with those there are on its headline. `others`: statement id -> what other
    editions say of the same thing (KnowledgeBase.evidence)."""
    if draft.others:
        return draft
    lines = {
        other.statement.id: Line(_other_view(other), (other.statement,))
        for statement in draft.headline.statements
        for other in others.get(statement.id, ())
        if other.relation in CONTRADICTS
    }
    return replace(draft, others=tuple(lines.values()))


def _other_view(other: Other) -> str:
    statement = other.statement
    publisher = _publisher(other.edition)
    if statement.text:
        return f"{publisher}: {wording.lower_first(statement.text)}"
    said = wording.figure(statement) or (statement.item or "").replace("-", " ")
    return f"{publisher}: {said} ({wording.dated(statement.scope.period)})"


def led_by(draft: Draft, point: Line) -> Draft:
    """A draft that leads with one of its points."""
    return replace(draft, headline=point, others=(), verdict=None)


def disagreement(draft: Draft, editions: Editions) -> Draft | None:
    """Why sources differ on the last answer; None if they do not."""
    if not draft.others:
        return None
    lead = draft.headline.statements[0]
    years = {s.scope.period for line in draft.others for s in line.statements} | {lead.scope.period}
    publishers = {_publisher(editions[s.edition]) for line in draft.others for s in line.statements}
    publishers = publishers - {_publisher(editions[lead.edition])} or publishers
    if len(years - {UNSTATED}) > 1:
        reason = "They speak of different years"
        if UNSTATED in years:
            reason += ", and some do not say of which year"
    else:
        many = NUMBERS.get(len(publishers), str(len(publishers)))
        who = wording.joined(sorted(publishers)) if len(publishers) < 3 else f"{many} other publishers"
        reason = f"{who} {'says' if len(publishers) == 1 else 'say'} something else than my main source"
    edition = editions[lead.edition]
    headline = Line(
        f"{reason}. I lead with {wording.the(_publisher(edition))} ({_dated(edition)}), because it is "
        f"{KIND_WORDS[edition.source.authority]}; the others are listed so that you can judge.",
        (lead,),
    )
    points = (
        Line(
            f"{_publisher(edition)}: {wording.lower_first(draft.headline.text.removeprefix(f'{draft.verdict}: '))}",
            draft.headline.statements,
            draft.headline.computed,
        ),
        *draft.others,
    )
    return _instead(draft, headline, points)


def agreement(draft: Draft, editions: Editions) -> Draft:
    """For a question why sources differ where they do not: how many say the same."""
    statements = draft.headline.statements
    publishers = list(dict.fromkeys(_publisher(editions[s.edition]) for s in statements))
    if len(publishers) > 1:
        text = f"On this, my sources agree: {wording.joined(publishers)} say the same."
    else:
        text = f"I know of no source that contradicts this; it rests on {wording.the(publishers[0])}."
    return _instead(draft, Line(text, statements), (draft.headline,))


def more(draft: Draft, page: int) -> Draft | None:
    """The points that no earlier page showed, the first of them as headline; None when there are no more."""
    rest = draft.points[MAX_POINTS + (page - 1) * (MAX_POINTS + 1) :]
    if not rest:
        return None
    page_ = _instead(draft, rest[0], rest[1:])
    if page_.has_more:
        return page_
    return replace(page_, suggestions=tuple(s for s in page_.suggestions if s != MORE))


def _instead(draft: Draft, headline: Line, points: Sequence[Line]) -> Draft:
    """A draft that says `headline` and `points`; of `draft` it keeps what it is about and the suggestions."""
    return Draft(
        draft.topic, draft.occupation, headline, tuple(points), fallbacks=draft.fallbacks, suggestions=draft.suggestions
    )


def _publisher(edition: Edition) -> str:
    return edition.source.publisher


def _dated(edition: Edition) -> str:
    if edition.published != "unknown":
        return wording.date(edition.published)
    return f"undated, {edition.published_estimate}" if edition.published_estimate else "undated"
