"""Two occupations, credentials, places or employers side by side: a table, both sides cited. More: side_by_side.py."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from actions import wording
from actions.asking import Desk, asked_column
from actions.aspects import ENTRY_WORDS, GROWTH_WORDS, PAY_WORDS, SCHOOL_WORDS, TIME_WORDS, asked_rows
from actions.comparison_rows import ASPECTS, ROWS, cell, lengths_of, official, points_apart
from actions.direct import findings, name_of
from actions.draft import Draft, Line, Reply, line, unique
from actions.named_jobs import jobs_of
from actions.pairs import credentials, employers, fitting, pay_line, pay_with, places, row
from actions.relevance import stems
from actions.texts import MARGIN, SPECIFIC, sentence
from actions.topic_words import named_topic
from knowledge.asked import Target
from knowledge.embedding import unpack
from knowledge.importers.titles import singular
from knowledge.resolve import Finding
from knowledge.scope import COUNTRY
from knowledge.statement import Statement

OF_EACH = 0.5  # the same for what is said of each of the two by itself
# indicators that tell of two, or of the job as a whole
NOT_OF_EACH = ("comparison.", "related.", "definition.", "pay.", "outlook.", "duties.summary", "steps.", "programs.")
_DIFFER = re.compile(r"\b(?:differ\w*|diff|same|vs|versus|apart|mix(?:ed|ing)? (?:them )?up)\b", re.I)
# words of a question that weighs two, beside what it weighs them by
_FRAME = stems(
    "first second two both each other former latter last one them those these compare compared compares versus vs than"
    " better worse harder easier least less fewer most best worst even still either again same really choose pick job"
)
OF_THE_WORK = ("fit.", "setting.", "skills.quality", "duties.context", "duties.task", "benefits.", "experience.")
SHARING = 0.45  # a cosine from which a statement that has the question's own words is what is asked
NOT_COMPARED = Line("No source sets the two side by side in this; that is what is said.")
FITS = 0.5  # a cosine from which a stated difference comes before what is said of every two occupations


def compose(desk: Desk, *, of_pay: bool = False) -> Reply:
    """Compares what the question names two of; with one occupation, what sources compare it with. `of_pay`: pay is
    asked for, whatever the question says ("how does that compare?" after a figure)."""
    context = desk.context
    if context.credential and context.second_credential:
        if re.search(PAY_WORDS, (context.question or "").lower()):
            names = [desk.catalog.credentials[id].short for id in context.compared("credential")]
            said = pay_with(desk, names)
            if said:
                return desk.draft(said[0], said[1:])
            which = wording.joined([f"the {name}" for name in names], "or")
            return desk.nothing(f"whether {which} pays more", detail="pay-by-credential")
        found = credentials(desk, context.compared("credential"))
        if isinstance(found, Draft) and "issuer" in context.cues:  # who gives each, which is asked of certification
            return replace(found, topic="certification")
        return found
    if context.second_occupation and context.second_occupation == context.occupation:
        return one_occupation(desk)
    if context.second_occupation:
        return occupations(desk, context.occupation or "", context.second_occupation, of_pay=of_pay)
    if context.place and context.second_place:
        return places(desk, context.place, context.second_place)
    if context.employer_type and context.second_employer_type:
        return employers(desk, context.employer_type, context.second_employer_type)
    answer = desk.ask(("comparison.summary", "comparison.difference"), topic="comparison")
    if not answer.found:
        return desk.nothing(f"how {desk.plural} compare with other jobs")
    findings = [f for _, f in desk.ranked(answer.findings)]
    summaries = [f for f in findings if f.lead.indicator == "comparison.summary"] or findings
    return desk.draft(
        line(summaries[0]),
        [p for p in unique([line(f) for f in findings]) if p.text != summaries[0].lead.text],
        notes=desk.notes(answer),
    )


_SHARED = frozenset(
    ("medical", "records", "record", "versus", "between", "difference", "what", "same", "which", "better", "pays")
)


def one_occupation(desk: Desk) -> Reply:
    """Two names of one occupation: that they are, with what sources say of the names and the tasks."""
    answer = desk.ask(("definition.other_name", "duties.task"), topic="definition")
    words = set(re.findall(r"[a-z]{4,}", (desk.context.question or "").lower())) - _SHARED
    listed = answer.of("definition.other_name")
    names = [line(f) for f in listed if any(singular(w) in (f.lead.text or "").lower() for w in words)][:3]
    if not names:
        return desk.nothing(f"how these names for {desk.plural} differ", detail="names")
    cited = tuple(dict.fromkeys(s for one in names for s in one.statements[:1]))
    headline = Line(f"My sources give both as names of one occupation, {desk.plural}.", cited)
    tasks = [line(f) for fit, f in desk.ranked(answer.of("duties.task")) if fit.strong][:3]
    return desk.draft(headline, [*names, *tasks])


def occupations(desk: Desk, one: str, other: str, *, of_pay: bool = False) -> Reply:
    """Pay, schooling and outlook of both from the official sources, then the differences that sources state."""
    names = [desk.catalog.occupations[id] for id in (one, other)]
    rows: list[dict[str, object]] = []
    points: list[Line] = []
    found_pay = dict(pay_of(desk, (one, other)))
    pay = [found_pay.get(id) for id in (one, other)]
    headline: Line | None = None
    if pay[0] and pay[1] and pay[0].id != pay[1].id and pay[0].number is not None and pay[1].number is not None:
        headline, *points = fitting(pay_line(desk, names[0].plural, names[1].plural, pay[0], pay[1]))
        rows.append(row(wording.pay_title(pay[0]), [wording.figure(s) for s in pay if s], pay))
    asked = (desk.context.question or "").lower()
    paying = of_pay or bool(re.search(PAY_WORDS, asked))
    more_rows = asked_rows(asked)
    for title, indicator in (*ROWS, *more_rows):
        found = [official(desk, id, indicator) for id in (one, other)]
        if found[0] and found[1] and found[0] is not found[1]:
            texts = [cell(indicator, f.lead) for f in found if f]
            rows.append(row(title, texts, [f.lead for f in found if f]))
            text = f"{title}: {names[0].plural}, {texts[0]}; {names[1].plural}, {texts[1]}"
            if texts[0] == texts[1] and indicator == "education.requirement":
                text = f"{title}: the same for {names[0].plural} and {names[1].plural}, {texts[0]}"
            apart = points_apart(found[0].lead, found[1].lead) if indicator == "outlook.growth" else ""
            points.append(Line(f"{text}{apart}.", tuple(f.lead for f in found if f), bool(apart)))
    shown = {ASPECTS[str(entry["title"])] for entry in rows if entry["title"] in ASPECTS}
    shown |= {"pay"} if headline else set()
    every = differences(desk, one, other)
    stated = [f for f in every if f.lead.item not in shown]
    older = [line(f) for f in every if f.lead.item == "pay" and headline][:1]  # one of the two ways it is written
    schooled = [line(f) for f in every if f.lead.item == "education" and "education" in shown][:1]
    paid = [] if headline or not paying else differences(desk, one, other, ("pay.comparison",))
    if paid:  # no figure of one of them, but what sources say of the difference
        headline, *more = unique([line(f) for f in paid])
        points = [*more, *points]
    summary = [f for f in stated if f.lead.indicator == "comparison.summary"]
    scored = desk.ranked([f for f in stated if f not in summary])
    near = [line(f) for fit, f in scored if fit.strong or fit.near >= FITS]
    same = re.search(r"\bsame\b", asked)
    told = [] if every else _told_of(desk, one, other)
    near = near if every else told
    lines = [line(f) for _, f in scored]
    views = [line(f) for f in summary]
    growth = next((p for p in points if p.text.startswith("Projected growth")), None)
    schooling = next((p for p in points if p.text.startswith("Typical schooling")), None)
    lengths = lengths_of(desk, (one, other)) if re.search(TIME_WORDS, asked) else []
    counted = next((p for p in points for title, _ in more_rows if p.text.startswith(title)), None)
    unsaid: tuple[Line, ...] = ()
    projected = counted or (growth if re.search(GROWTH_WORDS, asked) else None)
    if projected:
        lead, rest = projected, [*([headline] if headline else []), *points, *views, *lines]
    elif len(lengths) == 2:
        lead, rest = lengths[0], [lengths[1], *schooled, *near, *points, *views, *lines]
    elif schooling and re.search(SCHOOL_WORDS, asked) and not paying:
        lead, rest = schooling, [*schooled, *near, *views, *lines, *([headline] if headline else []), *points]
    elif headline and paying:
        lead, rest = headline, [*points, *views, *lines]
    elif _asks_in_general(desk) and (general := views[:1] or (told if same else _described(desk, (one, other)))):
        lead, rest = general[0], [*general[1:], *([headline] if headline else []), *points, *near, *lines]
    elif (
        scored
        and scored[0][0].near >= SPECIFIC
        and (not summary or scored[0][0].total > desk.ranked(summary)[0][0].total + MARGIN)
    ):
        lead, rest = lines[0], [*near, *views[:1], *([headline] if headline else []), *points, *lines[1:]]
    elif schooling and re.search(ENTRY_WORDS, asked) and not near:
        lead, rest = schooling, [*schooled, *views, *lines, *([headline] if headline else []), *points]
    elif aspect := _of_aspect(desk, one, other, summary):
        lead, rest = aspect[0], [*aspect[1:], *views[:1], *near, *([headline] if headline else []), *points, *lines]
        unsaid = (NOT_COMPARED,) if len(aspect) == 1 else ()
    else:
        rest = [*views[:1], *near, *([headline] if headline else []), *points, *lines]
        if not rest:
            return replace(desk.nothing(f"how {names[0].plural} and {names[1].plural} compare"), detail="comparison")
        lead, rest = rest[0], rest[1:]
    others = _other_views(lead, views[1:])
    if older and paying:
        others = (*older, *others)
    table = {"columns": ["", names[0].plural, names[1].plural], "rows": rows} if rows else None
    of_one = unsaid and desk.catalog.topic_of.get(lead.statements[0].indicator)  # asked of one of them, after all
    drafted = desk.draft(
        lead,
        [p for p in unique(rest) if p.text != lead.text and p not in views[1:]],
        table=table,
        notes=(*unsaid, *stand_in_notes(desk, (one, other))),
        others=others,
        others_note="What other sources say:" if others else "",
    )
    return replace(drafted, topic=of_one, occupation=lead.statements[0].occupation) if of_one else drafted


def _of_aspect(desk: Desk, one: str, other: str, summary: Sequence[Finding]) -> list[Line]:
    """What is said of each, or of one alone, in answer to a question for which there is no row; [] if nothing is."""
    own, each = _of_its_words(desk, (one, other)), _of_each(desk, one, other, summary)
    alike = own and each and own[0].statements[0].indicator == each[0].statements[0].indicator
    return own if len(own) == 2 or (own and not alike) else each


def _of_its_words(desk: Desk, ids: Sequence[str]) -> list[Line]:
    """What is said of one of them, or of each, that has all of the question's own words: "is the first more
    stressful?", of the work of nurses; [] if nothing is."""
    vector = unpack(desk.context.vector) if desk.context.vector else None
    names = " ".join(f"{known.name} {known.plural}" for known in (desk.catalog.occupations[id] for id in ids))
    asked = stems(desk.context.question or "") - stems(names) - _FRAME
    if vector is None or not asked:
        return []
    found: list[Line] = []
    for id in ids:
        near = desk.knowledge.asked_like(id, vector).items()
        own = [pair for pair in near if pair[0].occupation == id and pair[0].indicator.startswith(OF_THE_WORK)]
        for target, _ in sorted((pair for pair in own if pair[1] >= SHARING), key=lambda pair: -pair[1]):
            said = [f for f in findings(desk, target) if asked <= stems(f.lead.text or "")]
            if said:
                found.append(_sentence(desk, id, said[0]))
                break
    return found


def _asks_in_general(desk: Desk) -> bool:
    """Whether a question asks how two differ, and names nothing in which they may."""
    asked = desk.context.question or ""
    return bool(_DIFFER.search(asked)) and not desk.context.cues and named_topic(asked, limit=None) is None


def _described(desk: Desk, ids: Sequence[str]) -> list[Line]:
    """What each of them is; [] if sources do not say it of each."""
    asked = [desk.ask(("definition.summary",), topic="definition", occupation=id).findings for id in ids]
    own = [[f for f in found if f.lead.occupation == id][:1] for id, found in zip(ids, asked)]
    return [line(found[0]) for found in own] if all(own) else []


def _of_each(desk: Desk, one: str, other: str, summary: Sequence[Finding]) -> list[Line]:
    """What the same indicator says of each, where it answers a question for which there is no row ("which of them lets
    me sit") better than a difference in general does; [] if none does."""
    vector = unpack(desk.context.vector) if desk.context.vector else None
    if vector is None:
        return []
    nearest: list[dict[str, tuple[float, Target]]] = []
    for id in (one, other):
        best: dict[str, tuple[float, Target]] = {}
        for target, cosine in desk.knowledge.asked_like(id, vector).items():
            kind = target.indicator
            said = target.occupation == id and desk.catalog.indicators[kind].type != "number"
            if said and not kind.startswith(NOT_OF_EACH) and cosine > best.get(kind, (0.0, target))[0]:
                best[kind] = (cosine, target)
        nearest.append(best)
    shared = set(nearest[0]) & set(nearest[1])
    indicator = max(sorted(shared), key=lambda name: min(best[name][0] for best in nearest), default=None)
    general = max((fit.near for fit, _ in desk.ranked(summary)), default=0.0)
    if indicator is None or min(best[indicator][0] for best in nearest) < max(OF_EACH, general + MARGIN):
        return []
    each = [findings(desk, best[indicator][1])[:1] for best in nearest]
    return [_sentence(desk, id, said[0]) for id, said in zip((one, other), each)] if all(each) else []


def _sentence(desk: Desk, occupation: str, finding: Finding) -> Line:
    """What is said of one of the two, by its own name."""
    alone = Desk(desk.knowledge, replace(desk.context, occupation=occupation, second_occupation=None))
    said = sentence(alone, finding)
    if name_of(alone) & stems(said.text):
        return said
    return replace(said, text=f"{wording.capital(alone.plural)}: {wording.lower_first(said.text)}")  # "the job …"


def _told_of(desk: Desk, one: str, other: str) -> list[Line]:
    """Where no source sets the two beside each other: what is said of the one that names the other."""
    found = []
    for about, named in ((one, other), (other, one)):
        known = desk.catalog.occupations[named]
        first = known.plural.partition(" and ")[0]  # "court reporters", of "court reporters and captioners"
        names = (known.name, known.plural, *((first,) if " " in first else ()))
        words = re.compile(rf"\b(?:{'|'.join(map(re.escape, names))})\b", re.I)
        context = desk.knowledge.statements(about, "duties.context")
        found += [s for s in context if words.search(s.text or "")]
        related = desk.knowledge.statements(about, "related.occupation")
        found += [s for s in related if named in jobs_of(desk.catalog, s) or words.match(s.text or "")]
    return list(unique([Line(s.text, (s,)) for s in found if s.text]))


def pay_of(desk: Desk, ids: Sequence[str]) -> list[tuple[str, Statement]]:
    """The pay of those that have a figure, in the context's place; in the United States if one has none there: like
    with like."""
    local = _paid(desk, ids, desk.context.place or COUNTRY)
    return local if len(local) == len(ids) else _paid(desk, ids, COUNTRY)


def _paid(desk: Desk, ids: Sequence[str], place: str) -> list[tuple[str, Statement]]:
    found = [(id, _pay(desk, id, place)) for id in ids]
    return [(id, statement) for id, statement in found if statement is not None and statement.number is not None]


def _other_views(lead: Line, views: Sequence[Line]) -> tuple[Line, ...]:
    """The views of other editions than the headline's, one an edition."""
    known = {s.edition: lead for s in lead.statements}
    for view in views:
        known.setdefault(view.statements[0].edition, view)
    return tuple(view for view in known.values() if view is not lead)


def _pay(desk: Desk, occupation: str, place: str) -> Statement | None:
    """The median of the pay statistics (the asked statistic and unit, if any) in a place."""
    known = desk.catalog.occupations[occupation]
    owner = occupation if known.soc else known.stands_in
    if owner is None:
        return None
    record = desk.knowledge.wage(owner, place)
    return record.statement(asked_column(desk.context)) if record else None


def differences(
    desk: Desk, one: str, other: str, indicators: Sequence[str] = ("comparison.summary", "comparison.difference")
) -> list[Finding]:
    """Differences that sources state between the two, written under either."""
    found: list[Finding] = []
    topic = indicators[0].partition(".")[0]
    for a, b in ((one, other), (other, one)):
        answer = desk.ask(indicators, topic=topic, occupation=a, qualifiers={"with": b})
        if not answer.fallbacks:
            found += [f for f in answer.findings if f.lead.text not in {g.lead.text for g in found}]
    return found


def stand_in_notes(desk: Desk, ids: Sequence[str]) -> tuple[Line, ...]:
    """That official statistics count an occupation with another."""
    lines: list[Line] = []
    for id in ids:
        known = desk.catalog.occupations[id]
        if known.stands_in and not known.soc:
            evidence = desk.knowledge.evidence(known.stands_in_statement) if known.stands_in_statement else None
            lines.append(
                Line(
                    f"Official statistics count {known.plural} with "
                    f"{desk.catalog.occupations[known.stands_in].plural}, "
                    "so they have no pay figure of their own.",
                    (evidence.statement,) if evidence else (),
                )
            )
    return tuple(lines)
