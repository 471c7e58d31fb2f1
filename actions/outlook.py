"""The outlook: projected growth, openings, numbers of jobs, why demand changes."""

from __future__ import annotations

import re
from dataclasses import replace

from actions import pay_wording, wording
from actions.asking import CUE_WORDS, Cue, Desk, cue_indicators, cues_for, focused, unanswered_cue
from actions.draft import Draft, Line, Reply, line, unique
from actions.places import THERE
from actions.requests import against_all
from actions.sources_asked import led_by
from knowledge.query import Answer
from knowledge.resolve import Finding
from knowledge.scope import ALL_EMPLOYERS, COUNTRY, UNSTATED
from knowledge.statement import Statement

LAST_PROJECTED = 2034
# "how many in 2034": the number of jobs then, not how many are new
_COUNTED = re.compile(
    r"\b(?:how many|number|numbers|head ?count|size)\b(?!.*\b(?:new|add(?:s|ed|ing)?|more|extra|openings?)\b)", re.I
)
_ADDED = re.compile(
    r"\b(?:how many|number of)\b.*\b(?:(?:new|more|extra|additional) (?:jobs|positions)|add(?:s|ed|ing)?)\b", re.I
)
FIGURES = (
    "outlook.growth",
    "outlook.openings",
    "outlook.new_jobs",
    "outlook.employment",
    "outlook.employment_projected",
    "outlook.growth_all",
)
_JOBS_LEFT = re.compile(
    r"\b(?:will|are|is|would|gonna|going to)\b[^.?!]{0,12}\b(?:there|they)\b[^.?!]{0,20}"
    r"\b(?:(?:enough|any|many|more|fewer|less|still) )*"
    r"(?:jobs?|work(?! (?:from|at|with)\b)|demand|openings?|a future)\b"
    r"|\bstill\b[^.?!]{0,16}\b(?:around|jobs?|work|needed|need|hiring|hired?|exist|in demand|there in)\b"
    r"|\b(?:outlook|prospects|openings?|job market|how many jobs)\b",
    re.I,
)
# what is projected, which is done for the country alone
_PROJECTED = re.compile(
    r"\b(?:openings?|vacanc(?:y|ies)|grow(?:s|ing|th)?|shrink(?:s|ing)?|projected|projections?"
    r"|(?:open|new) (?:jobs|positions))\b",
    re.I,
)
NATIONAL = Line("I have projections for the whole United States only, not for states or cities.")
COUNTS = FIGURES[1:5]  # those that count jobs, and not how fast they grow


def compose(desk: Desk) -> Reply:
    """The projected growth, or the part of the outlook that the question's words ask for."""
    context = desk.context
    if context.period and int(context.period) > LAST_PROJECTED:
        nearby = [Line(sentence(desk, f.lead), (f.lead,)) for f in desk.ask(("outlook.growth",)).findings[:1]]
        return desk.nothing(f"the outlook for {desk.plural} after {LAST_PROJECTED}", nearby, detail="far-future")
    future = context.period == str(LAST_PROJECTED) and _COUNTED.search(context.question or "")
    if context.place and context.place != COUNTRY:  # projections are of the country
        return _of_the_country(desk) if future else _of_a_place(desk)
    answer = desk.ask(tuple(dict.fromkeys((*cue_indicators(desk), *FIGURES, "outlook.summary"))))
    cue = unanswered_cue(desk, answer)
    if cue is not None and answer.of("outlook.growth") and _asks_of_jobs(context.question or ""):
        return _but_for(desk, cue)
    if cue is not None or not answer.found:
        what = CUE_WORDS.get(cue.id, "") if cue else f"the job outlook for {desk.plural}"
        return desk.nothing(
            what,
            [Line(sentence(desk, f.lead), (f.lead,)) for f in answer.of("outlook.growth")[:1]],
            detail=cue.id if cue else "",
        )
    first, cue = focused(desk, answer)
    if answer.of("outlook.new_jobs") and _ADDED.search(context.question or ""):
        first, cue = answer.of("outlook.new_jobs"), None
    elif future and answer.of("outlook.employment_projected"):
        first, cue = answer.of("outlook.employment_projected"), None
    if cue and cue.id == "employment":
        return employment(desk)
    texts = [f for f in answer.findings if f.lead.indicator not in FIGURES and f.lead.indicator != "outlook.summary"]
    ordered = [f for f in first if f.lead.indicator in FIGURES] or list(answer.of("outlook.growth"))
    if first and first[0].lead.indicator not in FIGURES:
        scored = [f for _, f in desk.ranked(first)]
        headline, lead = line(scored[0]), scored[0]
        points = [line(f) for f in scored[1:]] + [_said(desk, f) for f in answer.of("outlook.growth")]
    elif ordered:
        if context.period and _COUNTED.search(context.question or ""):  # "how many jobs were there in 2021"
            ordered = [*_of_those_years(list(answer.of("outlook.employment")), context.period), *ordered]
        ordered = _of_those_years(ordered, context.period, context.second_period)
        counted = bool(first) and first[0].lead.indicator in COUNTS  # "more openings than most jobs have"
        against = against_all(context.question)
        if against and not counted:  # how it grows, and how all do
            ordered = list(answer.of("outlook.growth")) or ordered
        lead = ordered[0]
        beside = _comparison(answer, lead)
        headline, points = _said(desk, lead), [*_rounded(desk, lead), *beside]
        if beside and against:
            headline = _weighed(headline, lead, beside[0])
    else:
        summaries = answer.of("outlook.summary") or tuple(texts)
        if not summaries:
            return _unprojected(desk)
        headline, lead, points = _said(desk, summaries[0]), summaries[0], []
    rest = [
        f
        for name in ("outlook.growth", "outlook.openings", "outlook.new_jobs", "outlook.employment")
        for f in answer.of(name)
    ]
    points += [_said(desk, f) for f in rest if f is not lead]
    points += [line(f) for _, f in desk.ranked(texts) if f is not lead]
    note, others = _others(desk, lead)
    return desk.draft(
        headline,
        [p for p in unique(points) if p.text != headline.text],
        stale=lead.stale,
        others_note=note,
        others=others,
        notes=desk.notes(answer),
        fallbacks=answer.fallbacks,
    )


def _asks_of_jobs(question: str) -> bool:
    """Whether a question asks for the jobs themselves, beside what may take them: "will there be any left in 10 years
    or do robots do it"."""
    return bool(_JOBS_LEFT.search(question))


def _but_for(desk: Desk, gap: Cue) -> Reply:
    """The outlook, and that no source says what else the question asks for."""
    left = tuple(id for id in desk.context.cues if id != gap.id)
    found = compose(Desk(desk.knowledge, replace(desk.context, cues=left)))
    unsaid = Line(f"I have no source that covers {CUE_WORDS[gap.id]}.")
    return replace(found, notes=(unsaid, *found.notes)) if isinstance(found, Draft) else found


def _of_a_place(desk: Desk) -> Reply:
    """How many work in a place; where the question asks for openings or growth just there, that no source projects
    them."""
    counted, question = employment(desk), desk.context.question or ""
    if not isinstance(counted, Draft) or not (_PROJECTED.search(question) and _says_where(desk, question)):
        return counted
    what = f"openings or growth for {desk.plural} {wording.in_place(desk.place_name(str(desk.context.place)))}"
    return desk.nothing(what, [counted.headline, *counted.points], detail="place-outlook")


def _says_where(desk: Desk, question: str) -> bool:
    """Whether a question names its place or points at it, and does not only keep that of the one before."""
    place = str(desk.context.place)
    name = desk.place_name(place).partition(",")[0].partition("-")[0].lower()
    return bool(THERE.search(question)) or name in question.lower() or place.rpartition("-")[2] in question.split()


def _of_the_country(desk: Desk) -> Reply:
    """What is projected for the country, where a question names a place of which nothing is."""
    found = compose(Desk(desk.knowledge, replace(desk.context, place=None)))
    if not isinstance(found, Draft):
        return found
    headline = replace(found.headline, text=f"Across the United States: {wording.lower_first(found.headline.text)}")
    return replace(found, headline=headline, notes=(*found.notes, NATIONAL))


def _unprojected(desk: Desk) -> Reply:
    """An occupation that only the pay statistics know: how many there are, but not how many there will be."""
    counted = employment(desk)
    if not isinstance(counted, Draft) or "employment" in {cue.id for cue in cues_for(desk.context)}:
        return counted
    return desk.nothing(f"the job outlook for {desk.plural}", [counted.headline], detail="no-projection")


def _said(desk: Desk, finding: Finding) -> Line:
    if finding.lead.indicator in FIGURES:
        return line(finding, sentence(desk, finding.lead))
    return line(finding)


def sentence(desk: Desk, statement: Statement) -> str:
    """A projection or count as a sentence."""
    value, when = wording.figure(statement), _when(statement)
    number = statement.number or 0
    if statement.indicator == "outlook.growth":
        if number == 0:
            return f"Employment of {desk.plural} is projected to show little or no change{when}."
        verb = "grow" if number > 0 else "shrink"
        return f"Employment of {desk.plural} is projected to {verb} {wording.percent(abs(number))}{when}."
    if statement.indicator == "outlook.growth_all":
        return f"Employment in all occupations is projected to grow {value}{when}."
    if statement.indicator == "outlook.openings":
        return f"About {value} openings for {desk.plural} are projected each year, on average{when}."
    if statement.indicator == "outlook.new_jobs":
        if number < 0:
            return f"The number of jobs is projected to fall by about {wording.count(-number)}{when}."
        return f"About {value} more jobs are projected{when}."
    if statement.indicator == "outlook.employment_projected":
        end = statement.scope.period.partition("/")[2] or statement.scope.period
        return f"About {value} jobs are projected for {end}."
    return f"There were about {value} jobs for {desk.plural}{_place(desk, statement)}{when}."


def _when(statement: Statement) -> str:
    text = wording.when(statement.scope.period)
    return f" {text}" if text else ""


def _place(desk: Desk, statement: Statement) -> str:
    place, employer = statement.scope.place, statement.scope.employer_type
    kind = "" if employer in (UNSTATED, ALL_EMPLOYERS) else f" {desk.catalog.employer(employer).short}"
    return kind if place in (UNSTATED, COUNTRY) else f"{kind} {wording.in_place(desk.place_name(place))}"


def _comparison(answer: Answer, lead: Finding) -> list[Line]:
    """The growth of all occupations over the same years, beside the occupation's own."""
    for finding in answer.of("outlook.growth_all"):
        for statement in finding.statements:
            if statement.scope.period == lead.lead.scope.period and lead.lead.indicator == "outlook.growth":
                return [
                    Line(
                        f"All occupations together are projected to grow {wording.figure(statement)} in those years.",
                        (statement,),
                    )
                ]
    return []


def _of_those_years(findings: list[Finding], *asked: str | None) -> list[Finding]:
    """The findings, led by what one of them says of the years that a question names, where one speaks of just these."""
    wanted = {year for year in asked if year}
    for finding in findings if wanted else ():
        for statement in finding.statements:
            if wanted <= set(re.findall(r"\d{4}", statement.scope.period)):
                kept = finding if statement is finding.lead else led_by(finding, statement)
                return [kept, *(f for f in findings if f is not finding)]
    return findings


def _weighed(growth: Line, lead: Finding, every: Line) -> Line:
    """The growth and how it stands beside that of all occupations together."""
    own, all_of_them = lead.lead.number or 0, every.statements[0].number or 0
    how = "faster than" if own > all_of_them else "slower than" if own < all_of_them else "as fast as"
    than = f"{how} all occupations together ({wording.figure(every.statements[0])} in those years)"
    if own < 0 < all_of_them:
        than = f"while all occupations together are projected to grow {wording.figure(every.statements[0])}"
    return Line(f"{growth.text[:-1]}, {than}.", (*growth.statements, *every.statements), True)


def _rounded(desk: Desk, lead: Finding) -> list[Line]:
    """Where another source prints the same projection with fewer decimals, what it prints."""
    for statement in lead.agreeing:
        if (
            statement.number != lead.lead.number
            and statement.unit == "percent"
            and statement.scope.period == lead.lead.scope.period
        ):
            title = desk.catalog.editions[statement.edition].source.title
            rounded = wording.percent(abs(statement.number or 0))
            return [Line(f"The {title} rounds this to {rounded}.", (statement,))]
    return []


def _others(desk: Desk, lead: Finding) -> tuple[str, tuple[Line, ...]]:
    """Older and different projections, each with its years."""
    if lead.lead.indicator not in FIGURES:
        return "", ()
    unit = {"jobs/year": " openings a year", "jobs": " jobs"}.get(lead.lead.unit or "", "")
    lines = tuple(
        Line(f"{desk.publisher(s.edition)}: {wording.figure(s)}{unit} ({wording.dated(s.scope.period)})", (s,))
        for s in (*lead.differing, *lead.older)
    )
    return ("Other projections, for other years or from other sources:" if lines else ""), lines


def employment(desk: Desk) -> Reply:
    """How many people work in the occupation: from the pay statistics, by place, and what other sources say."""
    answer = desk.ask(("outlook.employment",), topic="outlook")
    if not answer.found:
        return desk.nothing(f"the number of {desk.plural}", detail="employment")
    findings = sorted(answer.findings, key=lambda f: f.lead.edition != "bls-oews-2025")
    lead = findings[0]
    place = pay_wording.where(desk, lead.lead) if lead.lead.scope.place != UNSTATED else " in the United States"
    headline = Line(
        f"About {wording.figure(lead.lead)} {desk.plural} were employed{place}{_when(lead.lead)}.", (lead.lead,)
    )
    notes = tuple(Line(pay_wording.fallback_text(desk, step)) for step in lead.fallbacks if step.kind != "occupation")
    growth = desk.ask(("outlook.growth", "outlook.openings"), topic="outlook", place=COUNTRY)
    points = [
        Line(f"Across the United States: {wording.lower_first(sentence(desk, f.lead))}", (f.lead,))
        for f in growth.findings
    ]
    if desk.context.place and desk.topic == "outlook":
        notes += (NATIONAL,)
    others = tuple(
        Line(f"{desk.publisher(s.edition)}: {wording.figure(s)} jobs ({wording.dated(s.scope.period)})", (s,))
        for s in (*lead.differing, *lead.older)
    )
    return desk.draft(
        headline,
        points,
        notes=(*desk.notes(answer), *notes),
        others=others,
        fallbacks=(*answer.fallbacks, *lead.fallbacks),
        others_note="Other counts:" if others else "",
    )
