"""Pay: a figure for a place, employer, statistic and unit; its range; the best-paying places; history."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from actions import wording, years
from actions.amounts import hours_a_week
from actions.asking import CUE_WORDS, Desk, cues_for, focused, statistic_of
from actions.context import Context
from actions.draft import Draft, Line, NoSource, Reply, unique
from actions.figures_asked import asked_together
from actions.judging import judgement
from actions.pay_asked import ADDS, both_ends, middle_half, part_time, untold_factor
from actions.pay_places import beside, elsewhere, set_beside, statewide
from actions.pay_wording import at, column_of, earned, fallback_text, newest_first, other_figure, sentence, when, where
from actions.plain_pay import ASKS_PAY
from actions.short_questions import ASKS_WHY
from actions.sources_asked import led_by
from actions.texts import said
from knowledge.query import Answer
from knowledge.resolve import Finding
from knowledge.scope import COUNTRY, UNSTATED
from knowledge.statement import Statement
from knowledge.wages import WageRecord

LATEST_YEAR = 2025
# "Which cities pay nurses the least?": the words of a ranking, apart from each other; "where in Ohio do they do best?"
_BY_HOW_MUCH = r"(?:most|least|best|worst|highest|lowest|stingiest|cheapest)"
_WHERE_LEAST_OR_MOST = re.compile(
    r"(?!.*\b(?:lowest|least)\W+(?:to|and)\W+(?:the )?(?:highest|most))"  # both ends of one scale
    r"(?:\b(?:which|what|where)\b.*\b(?:states?|cit(?:y|ies)|metros?|areas?|places?|regions?"
    rf"|(?:parts?|corners?) of \w+)\b.*\b{_BY_HOW_MUCH}\b"
    r"|\bwhere\b(?:(?! or | vs | versus ).)*\b(?:pa(?:ys?|id)|earn\w*|makes?|making|do|does|fares?|money|salar\w+"
    r"|wages?)\b"
    rf"(?: \w+){{0,4}}? (?:the )?{_BY_HOW_MUCH}(?=\W*$| (?:money|pay)\b)"
    rf"|\bwhere\b(?! (?:i|we|you|they|can|do i|could)\b).*"
    rf"\b{_BY_HOW_MUCH}(?:[ -]pa(?:id|ying)|(?: \w+)? (?:pay|salar\w+|wages?|money))\b)",
    re.I,
)
_LEAST = re.compile(r"\b(?:(?<!at )least|worst|lowest|stingiest|cheapest)\b", re.I)
REASONS = ("workplace", "industry", "experience", "education", "certification", "location")  # what pay depends on
OF_EMPLOYERS = ("hospitals-above-offices", "workplace", "industry")
COMPUTED_PERIODS: Mapping[str, tuple[float, str]] = {"month": (12, "a month"), "week": (52, "a week")}


def compose(desk: Desk) -> Reply:
    """The pay answer, or what is missing and the nearest there is."""
    context = desk.context
    strict = next((cue for cue in cues_for(context) if cue.strict), None)
    if strict:
        return desk.nothing(CUE_WORDS[strict.id], detail=strict.id)
    names = {cue.id for cue in cues_for(context)}
    if (pair := years.pair_of_years(desk)) is not None:
        return years.compose(desk, *pair)
    if context.period and not _known_period(desk, context.period):
        return _other_period(desk, context.period)
    by_employer = "employers" in names and not names & {"states", "cities"}
    of_people = context.statistic is not None and not names & {"states", "cities"}  # "what is the highest salary"
    by_place = not asked_together(context.question or "") and (
        bool(_WHERE_LEAST_OR_MOST.search(context.question or ""))
        or (names & {"best-places", "worst-places"} and not of_people)
        or ("states" in names and context.place in (None, COUNTRY))
    )
    if by_place and not by_employer:
        from actions.ranking import places

        lowest = "worst-places" in names or bool(_LEAST.search(context.question or ""))
        return places(desk, lowest=lowest and "best-places" not in names, cities="cities" in names)
    if "employers" in names and not context.employer_type:
        from actions.ranking import employers

        least = bool(_LEAST.search(context.question or "")) and "best-places" not in names
        return employers(desk, lowest="worst-places" in names or least)
    if "employment" in names and not ASKS_PAY.search(context.question or ""):  # not "pay of people employed by …"
        from actions.outlook import employment

        return employment(desk)
    answer = desk.ask(("pay.annual", "pay.hourly", "pay.factor", "pay.comparison", "pay.sample"))
    if unsaid := untold_factor(desk, answer.of("pay.factor")):
        return unsaid
    first, cue = focused(desk, answer)
    if first and cue and cue.id == "pay-factor" and not context.employer_type and not context.statistic:
        ranked = desk.ranked(first)
        named = [f for f in first if _names(context, f.lead.item or "")]
        if "why" in context.cues:
            first = tuple(sorted(first, key=_reason))
        by_words = ranked[0][0].strong and not named and "why" not in context.cues
        ordered = [f for _, f in ranked] if by_words else [*named, *first]
        lines = unique([said(desk, f) for f in ordered])
        return desk.draft(lines[0], lines[1:], notes=desk.notes(answer), fallbacks=answer.fallbacks)
    if "why" in context.cues:
        near = [Line(sentence(desk, f.lead), (f.lead,)) for f in answer.findings if f.lead.scope.statistic == "median"]
        return desk.nothing(CUE_WORDS["why"], near[:1], detail="why")
    if ASKS_WHY.match(context.question or ""):
        return _why(desk, answer)
    return figure(desk, answer)


def _why(desk: Desk, answer: Answer) -> Reply:
    """Why a place or an employer pays as it does: what sources say that pay depends on, or that none says it, beside
    the figure."""
    found = figure(desk, answer)
    if not isinstance(found, Draft):
        return found
    context = desk.context
    wanted: tuple[str, ...] = ("location",) if context.place not in (None, COUNTRY) else REASONS
    wanted = OF_EMPLOYERS if context.employer_type else wanted
    factors = [f for f in answer.of("pay.factor") if f.lead.item in wanted]
    if not factors:
        return desk.nothing(CUE_WORDS["why"], (found.headline,), detail="why")
    lines = unique([said(desk, f) for f in sorted(factors, key=_reason)])
    return desk.draft(lines[0], (found.headline, *lines[1:]), notes=found.notes, fallbacks=found.fallbacks)


def _reason(finding: Finding) -> int:
    """Where a factor of pay stands among the reasons for it."""
    return REASONS.index(finding.lead.item) if finding.lead.item in REASONS else len(REASONS)


def _names(context: Context, item: str) -> bool:
    """Whether a question means a factor of pay, or has a word that begins like it: "does a cert bump that up", of
    certification."""
    begins = bool(item) and re.search(rf"\b{re.escape(item[:4])}", context.question or "", re.I) is not None
    return begins or f"{ADDS}{item}" in context.cues


def _known_period(desk: Desk, year: str) -> bool:
    answer = desk.ask(("pay.annual", "pay.hourly"))
    return any(s.scope.period[:4] == year for f in answer.findings for s in f.statements)


def _other_period(desk: Desk, year: str) -> Reply:
    nearby = [
        Line(sentence(desk, f.lead), (f.lead,))
        for f in desk.ask(("pay.annual",)).findings
        if f.lead.scope.statistic == "median"
    ][:1]
    what = "pay in the future" if int(year) > LATEST_YEAR else f"pay in {year}"
    return desk.nothing(f"{what} for {desk.plural}", nearby, detail=f"pay-{year}")


def _not_said(desk: Desk) -> NoSource:
    """The publisher that the question names has no figure: those that there are stand nearby."""
    everyone = [f for f in desk.ask(("pay.annual",), everyone=True).findings if f.lead.scope.statistic == "median"]
    nearby = [Line(sentence(desk, f.lead), (f.lead,)) for f in everyone[:1]]
    return desk.nothing(f"figures of {desk.publisher_asked} on the pay of {desk.plural}", nearby, detail="publisher")


def figure(desk: Desk, answer: Answer) -> Reply:
    """The headline figure with its range, the other unit, employers and history."""
    unit, statistic = _unit(desk), desk.context.statistic
    if desk.publisher_asked and not answer.of("pay.annual", "pay.hourly"):
        return _not_said(desk)
    findings = _of_year(answer.findings, desk.context.period)
    starting = bool({"starting"} & {c.id for c in cues_for(desk.context)})
    lead = _pick(findings, unit, statistic, starting)
    together = _together(desk, findings, unit)
    lead = together[0] if together else lead
    if lead is None and desk.context.period:  # "what was it in 2019?", after an average: what is known of that year
        lead, statistic = _pick(findings, unit, None, False) or _pick(findings, "pay.hourly", None, False), None
    if lead is None and desk.context.pay_period is None:  # actors are paid by the hour: no yearly figure is published
        lead = _pick(findings, "pay.hourly", statistic, starting)
    if lead is None:
        name = wording.statistic_name(Statement("", "", "", "", replace(_scope(statistic)))) if statistic else ""
        nearby = [Line(sentence(desk, f.lead), (f.lead,)) for f in findings if f.lead.scope.statistic == "median"][:1]
        what = f"the {name} pay" if name else "pay"
        return desk.nothing(f"{what} for {desk.plural}{at(desk)}", nearby, detail=statistic or "pay")
    unknown = next((step for step in lead.fallbacks if step.kind == "place" and _is_state(desk, step.wanted)), None)
    if unknown is not None:  # a state or territory of its own: the country's figure says nothing of it
        near = (Line(sentence(desk, lead.lead), (lead.lead,)),)
        return desk.nothing(f"pay for {desk.plural} {wording.in_place(desk.place_name(unknown.wanted))}", near, "place")
    spread = middle_half(desk, findings, lead) or both_ends(desk, together)
    headline = spread or _headline(desk, lead, findings, statistic)
    beside_it = [Line(sentence(desk, one.lead), (one.lead,)) for one in together if one.lead not in headline.statements]
    points = [*beside_it, *_points(desk, answer, findings, lead, None if together else statistic)]
    points = [p for p in points if p.statements != headline.statements[1:]]
    points = [p for p in points if not spread or p.statements != spread.statements]
    if verdict := judgement(desk, findings, lead):
        headline, points = verdict[0], [*verdict[1:], headline, *points]
    note, others = _others(desk, findings, lead)
    fallbacks = (*answer.fallbacks, *lead.fallbacks)
    notes = (*desk.notes(answer), *_fallback_notes(desk, lead))
    return desk.draft(
        headline,
        unique(points),
        notes=notes,
        fallbacks=fallbacks,
        others_note=note,
        others=others,
        stale=lead.stale,
        chart=_chart(findings, lead),
    )


def _is_state(desk: Desk, place: str) -> bool:
    known = desk.catalog.places.get(place)
    return known is not None and known.level == "state" and not desk.context.employer_type


def _scope(statistic: str | None) -> Any:
    from knowledge.scope import Scope

    name, percentile = statistic_of(statistic)
    return Scope(statistic=name, percentile=percentile)


def _unit(desk: Desk) -> str:
    by_the_hour = desk.context.pay_period == "hour" or hours_a_week(desk.context.question or "")
    return "pay.hourly" if by_the_hour else "pay.annual"


def _of_year(findings: Sequence[Finding], year: str | None) -> list[Finding]:
    """Findings whose lead is of `year`, an older statement taking the lead where it is the one of that year."""
    if not year:
        return list(findings)
    matches = ((f, next((s for s in f.statements if s.scope.period[:4] == year), None)) for f in findings)
    return [led_by(finding, match) for finding, match in matches if match is not None]


def _pick(findings: Sequence[Finding], indicator: str, statistic: str | None, starting: bool) -> Finding | None:
    """The finding that the question asks for: its statistic, or the first of median, mean, unstated."""
    own = [f for f in findings if f.lead.indicator == indicator]
    if starting:
        entry = [f for f in own if f.lead.scope.statistic == "entry"]
        low = [f for f in own if (f.lead.scope.statistic, f.lead.scope.percentile) == ("percentile", 10)]
        own = low or entry
        return own[0] if own else None
    wanted, percentile = statistic_of(statistic)
    order = (
        [(wanted, percentile)] if statistic else [("median", None), ("mean", None), (UNSTATED, None), ("range", None)]
    )
    for kind in order:
        for finding in own:
            if (finding.lead.scope.statistic, finding.lead.scope.percentile) == kind:
                return finding
    return None


def _together(desk: Desk, findings: Sequence[Finding], unit: str) -> list[Finding]:
    """The findings of the statistics that the question asks for together; [] if it does not, or one has none."""
    wanted = asked_together(desk.context.question or "")
    found = [one for one in (_pick(findings, unit, statistic, False) for statistic in wanted) if one is not None]
    return found if len(found) == len(wanted) and all(_same_scope(found[0], one) for one in found) else []


def _headline(desk: Desk, lead: Finding, findings: Sequence[Finding], statistic: str | None) -> Line:
    """The figure as a sentence; an asked mean or starting pay is set beside the median, so that none misleads."""
    text, cited = sentence(desk, lead.lead), [lead.lead]
    divisor = COMPUTED_PERIODS.get(desk.context.pay_period or "")
    if divisor and lead.lead.number is not None and lead.lead.indicator == "pay.annual":
        amount = wording.money(round(lead.lead.number / divisor[0], -1), "USD/year")
        return Line(
            f"{text[:-1]}, which is about {amount} {divisor[1]} (computed: divided by {divisor[0]:g}).",
            tuple(cited),
            True,
        )
    starting = "starting" in {c.id for c in cues_for(desk.context)}
    if starting and lead.lead.scope.percentile == 10:
        text = (
            f"No source gives official starting pay; the lowest-paid tenth of {desk.plural}"
            f"{where(desk, lead.lead)} "
            f"{earned(lead.lead)} less than {wording.figure(lead.lead)} {wording.per(lead.lead.unit or '')}"
            f"{when(lead.lead)}."
        )
        entry = next((f for f in findings if f.lead.scope.statistic == "entry"), None)
        if entry and lead.lead.scope.place == COUNTRY:  # what it says is of no place
            text = (
                text[:-1] + f"; {desk.publisher(entry.lead.edition)} says pay starts at {wording.figure(entry.lead)}."
            )
            cited.append(entry.lead)
    elif statistic == "mean":
        median = _pick(findings, lead.lead.indicator, "median", False)
        if median and median.lead.edition == lead.lead.edition and median.lead.scope.period == lead.lead.scope.period:
            text = f"{text[:-1]}; the median, which half earn more than, was {wording.figure(median.lead)}."
            cited.append(median.lead)
    return Line(text, tuple(cited))


def _points(
    desk: Desk, answer: Answer, findings: Sequence[Finding], lead: Finding, statistic: str | None
) -> list[Line]:
    """What stands below the headline. `statistic`: the one figure that is asked for; None if it is the usual one."""
    unit = lead.lead.indicator
    other = "pay.hourly" if unit == "pay.annual" else "pay.annual"
    points: list[Line] = [*part_time(desk, lead), *set_beside(desk, findings, lead), *beside(desk, lead)]
    low, high = _pick(findings, unit, "percentile:10", False), _pick(findings, unit, "percentile:90", False)
    if (
        low
        and high
        and {low.lead.note, high.lead.note} == {None}
        and _same_scope(lead, low)
        and not desk.context.statistic
        and lead is not low
    ):
        per = wording.per(low.lead.unit or "")
        points.append(
            Line(
                f"The lowest-paid tenth earned less than {wording.figure(low.lead)} {per}, the highest-paid tenth "
                f"more than {wording.figure(high.lead)}.",
                (low.lead, high.lead),
            )
        )
    median = _pick(findings, unit, "median", False)
    if median and median is not lead and _same_scope(lead, median):
        points.append(Line(sentence(desk, median.lead), (median.lead,)))
    twin = _pick(findings, other, statistic or "median", False)
    if twin and twin.lead.scope.place == lead.lead.scope.place and twin.lead.edition == lead.lead.edition:
        said_of = wording.before_figure(twin.lead)
        per = "Per hour" if other == "pay.hourly" else "Per year"
        points.append(Line(f"{per}, {said_of} {wording.figure(twin.lead)}.", (twin.lead,)))
    points += [*elsewhere(desk, lead), *statewide(desk, lead)]
    points += _nation(desk, lead)
    points += _by_employer(desk, answer, lead)
    if not desk.context.place and not desk.context.employer_type and not desk.context.statistic:
        points += [said(desk, f) for f in answer.of("pay.comparison", "pay.factor")]  # of the whole country
    return points


def _same_scope(one: Finding, other: Finding) -> bool:
    a, b = one.lead.scope, other.lead.scope
    return (a.place, a.employer_type, a.period) == (b.place, b.employer_type, b.period)


def _nation(desk: Desk, lead: Finding) -> list[Line]:
    """A local figure beside the national one."""
    scope = lead.lead.scope
    if scope.place in (COUNTRY, UNSTATED) or lead.lead.number is None:
        return []
    record = desk.knowledge.wage(lead.lead.occupation)
    column = column_of(lead.lead)
    national = record.statement(column) if record and column else None
    if national is None or national.number is None:
        return []
    share = "more" if lead.lead.number > national.number else "less"
    difference = wording.money(abs(lead.lead.number - national.number), national.unit or "")
    same = lead.lead.number == national.number
    said_of = wording.before_figure(national)
    text = f"Across the United States, {said_of} {wording.figure(national)}"
    text += ", the same." if same else f": {difference} {'less' if share == 'more' else 'more'} (computed)."
    return [Line(text, (national, lead.lead), True)]


def _by_employer(desk: Desk, answer: Answer, lead: Finding) -> list[Line]:
    """The largest employers' pay, for a national question that names none."""
    if desk.context.place or desk.context.employer_type or lead.lead.scope.period != "2025-05":
        return []
    column = "hourly_median" if lead.lead.indicator == "pay.hourly" else "annual_median"
    records: Sequence[WageRecord] = desk.knowledge.industries(answer.occupation.id, column, 3)
    found = [(r, r.statement(column)) for r in records]
    parts = [f"{wording.figure(s)} {desk.catalog.employer(r.employer_type).short}" for r, s in found if s]
    cited = tuple(s for _, s in found if s)
    text = f"With the largest employers, the median was {wording.joined(parts)}."
    return [Line(text, cited)] if len(parts) > 1 else []


def _others(desk: Desk, findings: Sequence[Finding], lead: Finding) -> tuple[str, tuple[Line, ...]]:
    """Every other figure for the same thing: newer first, then undated; other statistics say which they are."""
    scope = lead.lead.scope
    statements: dict[str, Statement] = {}
    for finding in findings:
        same = finding.lead.indicator == lead.lead.indicator and finding.lead.scope.employer_type == scope.employer_type
        if not same or finding.lead.scope.place != scope.place:
            continue
        wanted = finding.lead.scope.statistic == scope.statistic and finding.lead.scope.percentile == scope.percentile
        if wanted:
            statements.update({s.id: s for s in (*finding.older, *finding.differing)})
        elif scope.statistic == "median" and finding.lead.scope.statistic in ("mean", UNSTATED):
            rest = (*finding.older, *finding.differing)
            own = () if finding.lead.edition == lead.lead.edition else (finding.lead,)
            statements.update({s.id: s for s in (*own, *rest)})
    ordered = sorted(
        statements.values(),
        key=lambda s: (s.scope.period == UNSTATED, "" if s.scope.period == UNSTATED else newest_first(s.scope.period)),
    )
    lines = tuple(Line(other_figure(desk, s), (s,)) for s in ordered)
    return ("Older or different figures, newest first:" if lines else ""), lines


def _fallback_notes(desk: Desk, lead: Finding) -> tuple[Line, ...]:
    return tuple(Line(fallback_text(desk, step)) for step in lead.fallbacks)


def _chart(findings: Sequence[Finding], lead: Finding) -> Mapping[str, Any] | None:
    """The published percentiles of the same scope, for a chart."""
    points: list[dict[str, Any]] = []
    for finding in findings:
        scope = finding.lead.scope
        if (
            finding.lead.indicator != lead.lead.indicator
            or not _same_scope(lead, finding)
            or finding.lead.number is None
        ):
            continue
        percentile = 50 if scope.statistic == "median" else scope.percentile
        if percentile:
            points.append({"percentile": percentile, "value": finding.lead.number, "statement": finding.lead.id})
    points.sort(key=lambda p: float(p["percentile"]))
    return {"kind": "percentiles", "unit": lead.lead.unit, "points": points} if len(points) >= 3 else None
