"""Answers that are lists of what sources say: duties, skills, setting, steps, advancement, fit and the like."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from actions import wording
from actions.asking import CUE_WORDS, Cue, Desk, cue_indicators, cues_for, focused, unanswered_cue
from actions.context import levels_asked
from actions.draft import MAX_POINTS, Line, Reply, line, unique
from actions.named_benefits import none_of_them
from actions.relevance import MOST, Fit
from actions.requests import asks_enough, asks_for_list, asks_for_schools
from knowledge.importers.titles import singular
from knowledge.query import Answer
from knowledge.resolve import Finding
from knowledge.statement import Statement

MAX_NAMED = 5  # related careers in a headline, and the characters they may take
MAX_NAMES = 130
SUMMARY_FIRST = frozenset(("related_careers", "definition"))
NEED = re.compile(
    r"\b(need|needs|needed|requir\w+|must|have to|has to|got to|necessary|mandatory|essential|without|enough"
    r"|supposed to)\b",
    re.I,
)
# "Can I get in without a degree?": what is required makes the answer no. "Do I need one?" is the plain case.
_WITHOUT = re.compile(
    r"\b(without|with (?:no|zero|just|only)|(?:no|zero) (?:prior |previous |work |formal |college )?"
    r"(?:experience|training|degree|diploma|certification|certificate|schooling|education|license))\b",
    re.I,
)
_NEEDED = re.compile(
    r"\b(need|needs|needed|requir\w+|must|have to|has to|got to|necessary|mandatory|essential)\b", re.I
)
WITHOUT_VERDICTS = {
    "required": "No",
    "one-of": "Sometimes",
    "typical": "Usually not",
    "preferred": "Sometimes",
    "optional": "Yes",
    "not-required": "Yes",
}
# "Can I get in with an associate degree", "do they take a diploma", "is that enough": whether a level will do.
_WITH = re.compile(
    r"\b(?:with|enough|suffic\w+|accept\w*|hire|(?:do|does|will|would) (?:they|hospitals|employers|places) take|counts?"
    r"|will do)\b",
    re.I,
)
_LACKS = re.compile(r"\b(?:not|never|(?:do|did|have|has|does)n['’]?t|dropped out)\b", re.I)
WITH_VERDICTS = {"typical": "Usually", "optional": "Sometimes"}
LISTED = ("work_setting", "programs")  # topics whose summary names them all, where all of a kind are asked for
DOWNSIDES = "downsides"  # the cue of a question for what speaks against a job
# what there is to consider that speaks for it
_MERITS = frozenset(
    "quick-entry choice-of-field less-schooling no-need-to-decide-now straightforward-path more-chances-to-advance"
    " no-need-to-start-in-records".split()
)
_DURATION = re.compile(r"\b(?:days?|weeks?|months?|years?)\b", re.I)
CONSIDERED = 0.58  # a cosine from which what there is to consider may be what is asked for
MERIT = 0.7  # the same for something that speaks for a job
# "would it suit a shy person": of somebody, and not of the job
_OF_WHOM = re.compile(
    r"\b(?:suit\w*|fits?|(?:right|good|bad|work|match|ideal|made|cut out|okay|ok|hard|easy) (?:for|if|as)"
    r"|(?:an?|kind of|sort of) (?:[\w-]+ )?(?:person|introvert|extrovert|guy|type|mom|dad)|personalit\w+)\b",
    re.I,
)
SPECIFIC = 0.6  # a cosine from which a statement may be what was asked, and by how much it must beat the summary
MARGIN = 0.05
BESIDE = 0.6  # a cosine from which a statement belongs beside the part of a topic that was asked for
VERDICTS = {
    "required": "Yes",
    "one-of": "Not necessarily",
    "typical": "Usually",
    "preferred": "Not always",
    "varies": "It depends",
    "optional": "No",
    "not-required": "No",
    "regular": "Yes",
    "some": "Sometimes",
    "no-direct-care": "Not directly",
    "none": "No",
    "common": "Yes",
    "possible": "It can be",
    "rare": "Rarely",
}


def compose(desk: Desk) -> Reply:
    """The topic's answer: what the question's words ask for first, then what most sources say."""
    answer = desk.ask(cue_indicators(desk))
    cue = unanswered_cue(desk, answer)
    if desk.topic == "benefits" and none_of_them(
        desk.context.question or "", [f.lead.text or "" for f in answer.findings]
    ):
        return desk.nothing(f"that benefit for {desk.plural}", detail="named-benefit")
    if cue is not None or not answer.found:
        what = CUE_WORDS.get(cue.id, "") if cue else ""
        phrase = f"{desk.catalog.topics[desk.topic].phrase} for {desk.plural}"
        return desk.nothing(what or phrase, detail=cue.id if cue else "")
    if desk.topic == "how_to_become" and not focused(desk, answer)[0]:
        return steps(desk, answer)
    headline, points, verdict = arrange(desk, answer)
    others_note, others = disagreements(desk, answer, (headline, *points[:MAX_POINTS]))
    return desk.draft(
        headline,
        points,
        verdict=verdict,
        notes=desk.notes(answer),
        fallbacks=answer.fallbacks,
        others_note=others_note,
        others=others,
    )


def arrange(desk: Desk, answer: Answer) -> tuple[Line, list[Line], str | None]:
    """Headline, points and yes/no verdict of a list topic."""
    context = desk.context
    first, cue = focused(desk, answer)
    lead_indicators = desk.catalog.topics[desk.topic].lead
    summaries = [f for f in answer.findings if f.lead.indicator in lead_indicators]
    topic_points = set(desk.catalog.topics[desk.topic].points)
    listed = [
        f
        for f in answer.findings
        if f not in summaries
        and f.lead.id not in desk.catalog.corrections
        and (
            f.lead.indicator in topic_points
            or (desk.context.school and desk.catalog.indicators[f.lead.indicator].type == "text")
        )
    ]
    verdict = None
    own = _of_school(desk, [*first, *listed]) or _of_employer(desk, listed)
    if own and not first:
        ordered = [f for _, f in desk.ranked(sorted(own, key=lambda f: f.lead.indicator not in topic_points))]
        rest = [f for _, f in desk.ranked(listed) if f not in ordered]
        return _lines(desk, ordered[0], [*ordered[1:], *(() if context.school else (*summaries[:1], *rest))], None)
    if first:
        ordered = [f for _, f in desk.ranked(first)]
        if cue and cue.id == DOWNSIDES and (worse := against(ordered)):
            return _lines(desk, worse[0], worse[1:], None)
        if summaries and asks_for_list(context.question) and desk.topic in LISTED and not own:
            rest = [f for f in ordered if f is not summaries[0]]
            return _lines(desk, summaries[0], _one_a_school(desk, rest), None)
        ordered = [f for f in ordered if f in own] + [f for f in ordered if f not in own]
        if context.yes_no:  # a choice answers yes or no, so it leads
            ordered.sort(
                key=lambda f: not (desk.catalog.indicators[f.lead.indicator].type == "choice" or _is_yes(f, cue))
            )
        verdict = _verdict(desk, ordered[0], cue) if context.yes_no else None
        if cue and cue.id == "length":
            of_it = [f for f in ordered if f.lead.scope.qualifier("level") in levels_asked(context)]
            ordered = sorted(ordered, key=lambda f: (f not in own, f not in of_it, _length_order(f)))
        if "length" in context.cues and desk.topic == "experience":  # "how long does that take", on the job
            ordered = sorted(ordered, key=lambda f: not _DURATION.search(f.lead.text or ""))
        ordered = ordered if own else _of_those_there(desk, ordered)
        rest = [f for fit, f in desk.ranked(listed) if f not in ordered and fit.near >= BESIDE]
        return _lines(desk, ordered[0], [*ordered[1:], *summaries[:1], *rest], verdict)
    scored = desk.ranked(listed)
    ordered = [f for _, f in scored]
    if context.level and desk.topic in ("programs", "tuition"):  # "which associate programs are there"
        of_level = [f for f in ordered if _of_level(f, context.level)]
        if of_level:
            general = [f for f in summaries if _of_level(f, context.level)][:1]
            lead, *rest = [*general, *of_level]
            return _lines(desk, lead, [*rest, *(f for f in ordered if f not in of_level)], None)
    if summaries and desk.topic == "programs" and asks_for_schools(context.question):
        return _lines(desk, summaries[0], _one_a_school(desk, ordered), None)
    there = _speaking_of_them(desk, ordered) if desk.topic == "duties" and context.employer_type else []
    if there:  # "what would I be doing there?"
        rest = [f for f in ordered if f not in there]
        return _lines(desk, there[0], [*there[1:], *summaries[:1], *rest], None)
    choice = next((f for f in summaries + listed if desk.catalog.indicators[f.lead.indicator].type == "choice"), None)
    if choice is not None and context.yes_no and desk.topic == "experience" and not _asks_of_training(desk):
        return _lines(desk, choice, [f for f in ordered if f is not choice], _verdict(desk, choice, None))
    if scored and (not summaries or _fits_better(desk, scored[0], summaries[0])) and desk.topic not in SUMMARY_FIRST:
        return _lines(desk, ordered[0], [*summaries[:1], *ordered[1:]] if summaries else ordered[1:], None)
    if summaries:
        codes = [f for f in ordered if f.lead.indicator == "definition.classification"]  # they tell a student little
        rest = [f for f in ordered if f not in codes]
        return _lines(desk, summaries[0], [*rest, *summaries[1:], *codes], None)
    if desk.topic == "related_careers":
        return related(desk, ordered)
    return _lines(desk, ordered[0], ordered[1:], None)


def against(findings: Sequence[Finding]) -> list[Finding]:
    """What is to be considered before one chooses a job, without what speaks for it."""
    return [f for f in findings if f.lead.indicator == "fit.consideration" and f.lead.item not in _MERITS]


def weighs_against(desk: Desk) -> bool:
    """Whether a question on whom a job suits asks for what speaks against it, in whatever words: what there is to
    consider is nearer to it than whom the job suits."""
    context = desk.context
    if desk.topic != "fit" or DOWNSIDES in context.cues or context.second_occupation:
        return False
    if _OF_WHOM.search(context.question or ""):
        return False
    of_fit = [(target, cosine) for target, cosine in desk.matches.covered if target.indicator.startswith("fit.")]
    plain = ((target, cosine) for target, cosine in of_fit if target.item not in _MERITS or cosine >= MERIT)
    nearest, cosine = next(plain, (None, 0.0))
    if nearest is None or cosine < CONSIDERED:
        return False
    return nearest.indicator == "fit.consideration" and nearest.item not in _MERITS


def _one_a_school(desk: Desk, findings: Sequence[Finding]) -> list[Finding]:
    """Where schools are asked for by name, one finding of each first."""
    if not asks_for_schools(desk.context.question):
        return list(findings)
    named: dict[str, Finding] = {}
    for finding in findings:
        if school := finding.lead.scope.qualifier("school"):
            named.setdefault(school, finding)
    return [*named.values(), *(f for f in findings if f not in named.values())]


def _of_level(finding: Finding, level: str) -> bool:
    """Whether a finding is of a level of schooling, or says its name."""
    return finding.lead.scope.qualifier("level") == level or level in (finding.lead.text or "").lower()


def _asks_of_training(desk: Desk) -> bool:
    """Whether training is asked about, which is something else than earlier experience."""
    asked = (desk.context.question or "").lower()
    return "train" in asked and "experience" not in asked


def _length_order(finding: Finding) -> tuple[object, ...]:
    """Lengths of study: those not tied to a school first, then by level."""
    scope = finding.lead.scope
    level = scope.qualifier("level") or ""
    order = list(wording.LEVEL_NAMES)
    return (
        finding.lead.indicator != "education.length",
        bool(scope.qualifier("school")),
        order.index(level) if level in order else 9,
    )


def _of_school(desk: Desk, findings: Sequence[Finding]) -> list[Finding]:
    """What is said of the school that the question names."""
    school = desk.context.school
    if not school:
        return []
    return [f for f in findings if f.lead.scope.qualifier("school") == school or school in (f.lead.text or "").lower()]


def _of_those_there(desk: Desk, findings: list[Finding]) -> list[Finding]:
    """Those first that speak of the kind of employer named: "even the ones in schools?"."""
    if not desk.context.employer_type or desk.context.yes_no:
        return findings
    there = _speaking_of_them(desk, findings)
    return [*there, *(f for f in findings if f not in there)]


def _speaking_of_them(desk: Desk, findings: Sequence[Finding]) -> list[Finding]:
    """What speaks of the kind of employer that is talked of."""
    own = _long_words(desk.catalog.employer(desk.context.employer_type or "").short)
    return [f for f in findings if own and own <= _long_words(f.lead.text or "")]


def _long_words(text: str) -> set[str]:
    return {singular(word) for word in re.findall(r"[a-z]{5,}", text.lower())}


def _of_employer(desk: Desk, findings: Sequence[Finding]) -> list[Finding]:
    """Shares of jobs with the kind of employer that the question names."""
    employer = desk.context.employer_type
    if not employer or not any("setting.employer_share" in cue.indicators[:1] for cue in cues_for(desk.context)):
        return []
    return [f for f in findings if f.lead.scope.employer_type == employer]


def _fits_better(desk: Desk, best: tuple[Fit, Finding], summary: Finding) -> bool:
    """Whether one finding answers the question itself better than the topic's summary does."""
    general = desk.ranked([summary])[0][0]
    alone = best[0].words >= MOST and general.words == 0  # says the very words of which the summary has none
    return best[0].strong and (alone or best[0].total > general.total + MARGIN)


def asks_without(question: str | None) -> bool:
    """Whether a question asks if it goes without the thing, and not if the thing is needed."""
    return bool(_WITHOUT.search(question or "")) and not _NEEDED.search(question or "")


HOW_HARD = re.compile(r"\b(?:hard(?!ly)|difficult|tough|easy|easier|harder)\b", re.I)


# "does the degree have to be in something special", "must I be a clerk first": whatever is needed, of what kind
_TO_BE = re.compile(
    r"\b(?:have|has|had|needs?|must)(?: (?:i|it|you|u|we|they|she|he))?(?: to)? be (?:in|from|of|an?)\b", re.I
)


def verdict_on(desk: Desk, item: str | None) -> str | None:
    """Yes or no by what a source chose, turned round where the question asks if it goes without."""
    chosen = item or ""
    question = desk.context.question
    if HOW_HARD.search(question or "") or asks_enough(question) or _TO_BE.search(question or ""):
        return None  # which what is needed does not tell
    if asks_without(question) and chosen in WITHOUT_VERDICTS:
        return WITHOUT_VERDICTS[chosen]
    return VERDICTS.get(chosen)


def asks_with(question: str | None) -> bool:
    """Whether a question asks if it goes with the thing ("is an associate degree enough"), and not if it is needed."""
    asked = question or ""
    return bool(_WITH.search(asked)) and not _NEEDED.search(asked) and not _LACKS.search(asked)


def verdict_of(desk: Desk, finding: Finding) -> str | None:
    """Yes or no by what a finding chose: of a requirement only where the question asks whether it is needed, whether it
    goes without, or (of a level of schooling) whether it goes with it."""
    asked, lead = desk.context.question or "", finding.lead
    if not desk.context.yes_no or desk.catalog.indicators[lead.indicator].type != "choice":
        return None
    if not lead.indicator.endswith(".requirement"):
        return verdict_on(desk, lead.item)
    if asks_without(asked):
        return verdict_on(desk, lead.item)
    if lead.indicator == "education.requirement" and asks_with(asked):
        of_it = desk.context.level and desk.context.level == lead.scope.qualifier("level") and not asks_enough(asked)
        return WITH_VERDICTS.get(lead.item or "") if of_it else None
    return verdict_on(desk, lead.item) if NEED.search(asked) else None


def judged(verdict: str, line_: Line) -> Line:
    """A line with its answer to a yes/no question before it: "Usually not: some jobs …"."""
    return Line(f"{verdict}: {wording.lower_first(line_.text)}", line_.statements)


def _lines(
    desk: Desk, lead: Finding, rest: Sequence[Finding], verdict: str | None
) -> tuple[Line, list[Line], str | None]:
    headline = sentence(desk, lead)
    if verdict:
        headline = judged(verdict, headline)
    same = said(desk, lead).text
    points = [one for one in unique([said(desk, f) for f in rest]) if one.text not in ("", same, headline.text)]
    return headline, points, verdict


def sentence(desk: Desk, finding: Finding) -> Line:
    """A finding that stands alone: a task of a list ("Record patients' data.") gets those who do it as its subject."""
    one = said(desk, finding)
    known = desk.catalog.occupations.get(finding.lead.occupation, desk.occupation)
    if finding.lead.indicator == "duties.task":
        return replace(one, text=f"{wording.capital(known.plural)} {wording.lower_first(one.text)}")
    if finding.lead.indicator == "steps.step":
        a_job = f"{wording.a(known.name)} {known.name}"
        return replace(one, text=f"A step on the way to becoming {a_job}: {wording.lower_first(one.text)}")
    return one


def said(desk: Desk, finding: Finding) -> Line:
    """A finding as a sentence; a number without a text of its own is worded by its indicator."""
    lead = finding.lead
    if lead.text:
        return line(finding)
    return line(finding, number_sentence(desk, lead))


def number_sentence(desk: Desk, statement: Statement) -> str:
    """A sentence for a number of a list topic (shares, lengths); pay and outlook have their own modules."""
    value = wording.figure(statement)
    if statement.indicator == "setting.employer_share":
        employer = desk.catalog.employer(statement.scope.employer_type)
        return f"{value} of the jobs of {desk.plural} were {employer.short}{_when(statement)}."
    if statement.indicator == "education.length":
        level = wording.LEVEL_NAMES.get(statement.scope.qualifier("level") or "", "The program")
        school = statement.scope.qualifier("school")
        at = f" at {school.title()}" if school else ""
        return f"{wording.capital(level)}{at} takes {value}."
    if statement.indicator == "outlook.employment":
        return f"There were {value} jobs for {desk.plural}{_when(statement)}."
    return f"{desk.catalog.indicators[statement.indicator].title}: {value}{_when(statement)}."


def _when(statement: Statement) -> str:
    text = wording.when(statement.scope.period)
    return f" {text}" if text else ""


def _is_yes(finding: Finding, cue: Cue | None) -> bool:
    """Whether the finding alone answers the cue's question with yes."""
    return bool(cue and cue.yes_item and (finding.lead.item or "").startswith(cue.yes_item))


def _verdict(desk: Desk, finding: Finding, cue: Cue | None) -> str | None:
    """Yes or no by a finding's choice; for a requirement only if the question asks whether it is needed."""
    name = finding.lead.indicator.rsplit(".", 1)[1]
    asked = desk.context.question or ""
    needs = bool(NEED.search(asked)) or asks_without(asked)
    asks = name in ("patient_contact", "remote") or (name == "requirement" and needs)
    if asks and finding.lead.item in VERDICTS:
        verdict = verdict_on(desk, finding.lead.item) or ""
        sides = {VERDICTS.get(s.item or "") for s in finding.differing}
        return "Sources differ" if verdict == "No" and "Yes" in sides and len(finding.support) == 1 else verdict
    return "Yes" if _is_yes(finding, cue) else None


def related(desk: Desk, findings: Sequence[Finding]) -> tuple[Line, list[Line], str | None]:
    """Related careers by name in the headline, what each is in the points."""
    named = [f for f in findings if f.lead.item][:MAX_NAMED]
    while len(" ".join(_career(desk, f.lead.item or "") for f in named)) > MAX_NAMES:
        named.pop()
    names = [_career(desk, f.lead.item or "") for f in named]
    cited = tuple(statement for f in named for statement in line(f, limit=1).statements)
    headline = Line(f"Careers that sources relate to {desk.plural}: {wording.joined(names)}.", cited)
    return headline, list(unique([said(desk, f) for f in findings])), None


def _career(desk: Desk, item: str) -> str:
    known = desk.catalog.occupations.get(item)
    name = item.replace("-", " ")
    return known.plural if known else name if name.endswith("s") else f"{name}s"


def steps(desk: Desk, answer: Answer) -> Reply:
    """The steps of one source in its order (the best source that gives three or more), the others' after them."""
    summaries = answer.of("steps.summary")
    by_edition: dict[str, list[Finding]] = {}
    for finding in answer.of("steps.step"):
        for statement in finding.support:
            alone = Finding(statement, agreeing=tuple(s for s in finding.support if s is not statement))
            by_edition.setdefault(statement.edition, []).append(alone)
    if not by_edition and not summaries:
        return desk.nothing(f"the steps to become {wording.a(desk.occupation.name)} {desk.occupation.name}")
    editions = desk.catalog.editions
    order = sorted(
        by_edition, key=lambda e: (len(by_edition[e]) < 3, editions[e].source.authority, -len(by_edition[e]))
    )
    points: list[Line] = []
    for edition in order[:1]:
        ordered = sorted(by_edition[edition], key=lambda f: int(f.lead.scope.qualifier("step") or 0))
        points = [Line(f"Step {n}: {f.lead.text}", line(f).statements) for n, f in enumerate(ordered, 1)]
    for edition in order[1:]:
        ordered = sorted(by_edition[edition], key=lambda f: int(f.lead.scope.qualifier("step") or 0))
        points += [
            Line(f"{desk.publisher(edition)}, step {n}: {f.lead.text}", (f.lead,)) for n, f in enumerate(ordered, 1)
        ]
    headline = line(summaries[0]) if summaries else points.pop(0)
    points += [line(f) for f in summaries[1:]]
    return desk.draft(headline, unique(points), notes=desk.notes(answer), fallbacks=answer.fallbacks)


def other_views(desk: Desk, findings: Sequence[Finding]) -> tuple[Line, ...]:
    """What each source that differs says: "GetEducated: technicians must …"."""
    return tuple(
        Line(f"{desk.publisher(s.edition)}: {wording.lower_first(s.text or '')}", (s,))
        for f in findings
        for s in f.differing
    )


def disagreements(desk: Desk, answer: Answer, lines_: Sequence[Line] | None = None) -> tuple[str, tuple[Line, ...]]:
    """What other sources choose differently, for the choice indicators among the findings; `lines_`: only where these
    lines say what the findings lead with."""
    told = {s.id for one in lines_ for s in one.statements} if lines_ is not None else None
    choices = [
        f
        for f in answer.findings
        if desk.catalog.indicators[f.lead.indicator].type == "choice" and (told is None or f.lead.id in told)
    ]
    lines = other_views(desk, choices)
    return ("Sources differ on this." if lines else ""), lines
