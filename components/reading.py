"""Finds what a message names: occupations, credentials, places, employers, figures wanted, cues. No Rasa.

spaCy tokenises and matches; every word is lower-cased, mended (spelling.py) and put in the singular before it
is looked up, so "Medicl Records Technicains" finds the occupation. The reading also has a `plain` text, in
which every name is replaced by one of its kind, so that the classifier learns the question, not the names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

import spacy
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from components import figures
from components.other_senses import other_sense
from components.spelling import Speller
from knowledge.gazetteer import PUBLISHER, Name
from knowledge.importers.titles import singular
from knowledge.named_employers import is_by_name
from knowledge.shorthand import run_together

MAX_CHARACTERS = 1000
# What a name of each kind is called in the plain text.
STAND_INS = {
    "occupation": "medical records technician",
    "place": "texas",
    "foreign": "canada",
    "credential": "rhit",
    "employer_type": "hospitals",
    "abbreviation": "texas",
    "school": "herzing",
}
_PLURALS = {"occupation": "medical records technicians"}
_LOCATIVE = {"in", "near", "around", "at", "from", "of", "for", "to", "about", "over", "across", ",", "outside"}
_UNCLEAR_ABBREVIATIONS = {
    "in",
    "or",
    "me",
    "ok",
    "hi",
    "oh",
    "la",
    "id",
    "pa",
    "ma",
    "de",
    "al",
    "co",
    "mo",
    "ms",
    "md",
    "mi",
    "ne",
    "pr",
    "as",
    "vi",
    "ar",
}
# Cities whose names mean something else in most messages ("billing" is Billings in the singular).
_EVERYDAY = {
    "anderson",
    "bay",
    "bend",
    "billing",
    "jackson",
    "johnson",
    "mass",
    "mission",
    "mobile",
    "national",
    "rapid",
    "reading",
    "temple",
    "traverse",
    "wheeling",
}
_VETERAN = re.compile(r"\s+(?:vets?|veterans?|war|era)\b", re.I)  # "Vietnam vet", "Korean War"
_WEIGHT = re.compile(r"\b(?:lift\w*|weigh\w*|carry\w*|push\w*|heavy|body|lose|gain)\b", re.I)
_NEVER = {"college"}  # College, Alaska: "in college", "Fresno City College" are no places of it
_NOT = {"n't", "n’t", "nt"}
# "school" and the like are employers where one works at them: "at a school", "school nurses"; not in "years of school".
_STUDIED_AT = frozenset(("school", "college", "university", "public school"))
_AT_ONE = re.compile(
    r"\b(?:at|in|for|by|with|inside|within|vs\.?|versus|or|than|do|does)\s+(?:an?|the|my|our|your|public|private"
    r"|local|big|small|some|any)"
    r"(?:\s+\w+)?\s+$|\b(?:at|for|by|do|does|vs\.?|versus|than)\s+$",
    re.I,
)
# before "school" where it is no employer of the job named after it: "after nursing school RNs …"
_SCHOOL_OF = re.compile(
    r"\b(?:in|of|to|after|from|before|through|during|nursing|medical|med|trade|tech|grad\w*)\s+$", re.I
)
# the same by what is said of one: "would a university be a good employer", "do schools pay", "a college job"
_EMPLOYS = re.compile(
    r"^\s+(?:pays?(?!\s+(?:off|for|back)\b)|paying|hires?|hiring|jobs?(?!\s+(?:placement|board|fair)s?\b)|positions?"
    r"|employers?|(?:be |is |are )?(?:an? )?(?:\w+ )?employers?)\b",
    re.I,
)
# "at an eye doctor" says where one works, "for an eye doctor" alone does not.
_AT_SOMEONES = re.compile(
    r"\b(?:at|inside|(?:work\w*|jobs?|position|billing|cod(?:er|ing)s?|billers?|assistants?|techs?|than|or|vs\.?)"
    r" (?:for|with))\s+(?:(?:like|say|maybe|just)\s+)?"
    r"(?:(?:an?|the|my|our|your|some|any|one)\s+)?(?:(?:local|small|big|private|busy)\s+)?$",
    re.I,
)
# Employers by name, of whom no source gives figures, stand for their kind where the words say so: "a walgreens or cvs
# kinda place", "somewhere like kroger".
_OR_ANOTHER = r"(?:\s*(?:,|/|\bor\b|\band\b)\s*(?:an?\s+|the\s+)?[\w'’]+)"
_DOTTED = re.compile(r"\b[a-z]\.(?:[a-z]\.)+")
_KIND_OF = re.compile(
    rf"^{_OR_ANOTHER}{{0,2}}[\s-]+(?:kind ?(?:a|of)|sort ?(?:a|of)|types?|styles?|esque|ish"
    r"|like (?:place|store|shop|chain)s?)\b",
    re.I,
)
_LIKE_ONE = re.compile(
    r"\b(?:at|vs\.?|versus|or|than|to)\s+(?:like|say)\s+(?:an?\s+|the\s+)?"
    r"(?:[\w'’]+\s*(?:,|/|\bor\b|\band\b)\s*(?:an?\s+|the\s+)?){0,2}$"
    r"|\b(?:places?|somewhere|someplace|anywhere|stores?|chains?|ones?|shops?|retailers?|compan(?:y|ies)|employers?|outfits?)"
    r"\s+(?:like|such as)\s+(?:an?\s+|the\s+)?(?:[\w'’]+\s*(?:,|/|\bor\b|\band\b)\s*(?:an?\s+|the\s+)?){0,2}$",
    re.I,
)
# "tips aside, what do hairdressers make": what is set aside is not asked about
_ASIDE = re.compile(r"^\s*(?:or\s+\w+\s+)?(?:aside|excluded|not (?:counted|included))\b", re.I)
_LEFT_OUT = re.compile(
    r"\b(?:not (?:counting|including)|without|before|excluding|besides|apart from|leaving out|forget|ignor\w+|minus)\s+"
    r"(?:(?:the|any|my|her|his|their|all)\s+)?$",
    re.I,
)
_SET_ASIDE = frozenset(("tips-overtime",))
# What may stand between two occupations that are set against each other: "more school for an MT or for a coder".
_OTHER_THAN_PAY = frozenset(("hours", "growth"))  # cues that a word of a figure gives: "an hour", "ten percent"
_JOINS = frozenset(("or", "vs", "vs.", "versus", "than", "and", "/"))
_BETWEEN = _JOINS | {",", "for", "a", "an", "the", "as", "to", "be", "being", "with"}
_STUDIES = re.compile(
    r"\b(?:study|learn|go|going|went|graduat\w+|enroll\w*|class(?:es)?|degrees?|offered|courses?)\b", re.I
)
_OF_ASSISTANTS = frozenset(
    "school program programs pay salary job jobs certification cert class classes course training work wage wages"
    " student students career degree license".split()
)
_OF_PERSONNEL = frozenset("manager managers director specialist specialists rep assistant jobs job".split())
_SOMEBODY = frozenset("i you u we they he she someone anyone people".split())
_ASKING = frozenset("how what where who why when they".split())
_MISTYPED: Mapping[str, tuple[frozenset[str], str]] = {  # what is a word of its own, too -> before what it is another
    "were": (frozenset(("can", "do", "does", "could", "should", "would")), "where"),  # "were can i study"
    "cna": (_SOMEBODY, "can"),  # not the nursing assistant
    "adn": (_ASKING, "and"),  # not the degree
}
_NAMES = frozenset(("cna", "adn"))  # of those, what names something when it is written or placed as a name
_NAMES_ONE = frozenset("a an the my her his our as is am be was 's 'm m im or and vs than with for former new".split())
_SAID = frozenset(("ok", "oh", "hi"))  # which open a sentence, rather than name a state: "OK, back to nurses"
_WORDS_TOO = frozenset(("ok", "oh", "hi", "me", "in", "or"))  # states that are words, in capitals as well
# Before and after such a word where it is read as one: "is that OK for nurses", "in Dallas, or in Reno".
_READ_AFTER = frozenset(
    "be is are was were been 's 're it that this they he she you sound sounds seem seems feel feels do does doing"
    " not".split()
)
_READ_BEFORE = frozenset("for if to with without so but that when because as a an the i you we they it".split())
_GOES_ON = frozenset(
    "back so and then what how but now thanks thank got that i can could is are do does tell which who where when why"
    " great cool sure it this let no yes well fine good not there you we they".split()
)
_RURAL_AREA = re.compile(r"^M\d{6,7}$")  # a nonmetropolitan area: the state's code and five digits
_LAUGH = re.compile(r"l+o+l+s?|lmf?ao+|rofl|b?a?(?:ha){2,}h?|(?:he){2,}h?|omg|smh", re.I)
# somebody has forgotten an answer; "how do I take the exam again" is another matter
_ASKS_ANEW = re.compile(
    r"\W*(?:(?:and|so|ok|wait|sorry)\W+)*(?:what|whats|who|which|where|how (?:much|long|many|old|big|far|fast))\b"
    r"(?! (?:do|can|could|should|would|if) (?:i|we)\b)",
    re.I,
)
FEW_WORDS = 3  # words of a message that is read as it is
_VETERANS = re.compile(r"\bthe va\b|\bfederal\b|\bveterans?\b", re.I)  # the department, not Virginia
_SHORT = ("abbreviation", "initials", "letters")  # read letter by letter, not as words
_PLURAL_LETTERS = re.compile(r"[A-Z]{2,}s")
_OF_SOMEBODY = frozenset("make makes earn earns get gets salary paid".split())
_HEADS = frozenset("assistant helper technician tech specialist aide".split())  # with which many names end
_AT_A = re.compile(r"(?:in|at|for|inside)(?: (?:an?|the|my|our|some|any|one))?(?: \w+)?", re.I)
_AFTER_SOMEBODY = _OF_SOMEBODY | frozenset(  # what follows the letters of a job; not "a PT coder"
    """
    do does did is are was can could would will should need needs have has had want wants or and vs versus than in at
    for to with who that instead later now too also so but if when as then there here please pls
    """.split()
)
_PRIORITY = ("abbreviation", "credential", "occupation", "place", "foreign", "school", "employer_type", "level")


@dataclass(frozen=True)
class Mention:
    """Something a message names: `value` is an id of the vocabulary; `candidates` are all it may be."""

    kind: str
    value: str
    start: int
    end: int
    text: str
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reading:
    """A message as understood word by word."""

    text: str
    mended: str
    plain: str
    mentions: tuple[Mention, ...] = field(default_factory=tuple)


class Reader:
    """Reads messages. Built from names and cues alone, so that the same input gives the same reader."""

    def __init__(self, names: Sequence[Name], cues: Mapping[str, Sequence[str]], familiar: Sequence[str] = ()) -> None:
        names = [name for name in names if name.kind != PUBLISHER]  # whose word is asked for: attribution.py
        self._nlp = spacy.blank("en")
        self._abbreviations = {name.text: name.target for name in names if name.kind == "abbreviation"}
        self._initials = {name.text: name.target for name in names if name.kind == "initials"}
        self._letters = {name.text: name.target for name in names if name.kind == "letters"}
        self._weights: dict[str, float] = {}
        words = {word for name in names if name.kind not in _SHORT for word in re.findall(r"[a-z]+", name.text)}
        words |= {singular(word) for word in words}
        self._speller = Speller(words, familiar)
        self._targets: dict[tuple[str, str], dict[str, None]] = {}
        self._offices: dict[str, dict[str, None]] = {}
        self._matcher = PhraseMatcher(self._nlp.vocab, attr="LOWER")
        for name in names:
            if name.kind not in _SHORT:
                self._add(name.kind, name.target, name.text)
                self._weights[name.target] = max(name.weight, self._weights.get(name.target, 0.0))
        for kind, office in list(self._targets):  # "at a dentist" is at "a dentist's office"
            if kind == "employer_type" and office.endswith(" office"):
                self._offices[office.removesuffix(" office").removesuffix(" 's")] = self._targets[kind, office]
        # "a cvs type place": the name alone is that of one employer
        typed = [(office, targets) for (kind, office), targets in self._targets.items() if office.endswith(" type")]
        self._brands = {office.removesuffix(" type") for office, _ in typed}
        for office, targets in typed:
            self._add("employer_type", next(iter(targets)), office.removesuffix(" type"))
        for level, names_of_level in figures.LEVELS.items():
            for name_of_level in names_of_level:
                self._add("level", level, name_of_level)
        self._cues = PhraseMatcher(self._nlp.vocab, attr="LOWER")
        for cue, phrases in cues.items():
            self._cues.add(cue, [self._doc(self._words(self._nlp.make_doc(phrase), mend=False)) for phrase in phrases])

    def _add(self, kind: str, target: str, text: str) -> None:
        if _DOTTED.search(text) and not text.isupper():  # "L.A." is one token, "l.a." at the end of a text two
            self._add(kind, target, text.upper())
        words = self._words(self._nlp.make_doc(text), mend=False)
        key = " ".join(words)
        if not key.strip():
            return
        known = self._targets.setdefault((kind, key), {})
        if not known:
            self._matcher.add(kind, [self._doc(words)])
        known[target] = None

    def _doc(self, words: Sequence[str]) -> Doc:
        return Doc(self._nlp.vocab, words=[word or " " for word in words])

    def _words(self, doc: Doc, *, mend: bool = True) -> list[str]:
        words = []
        for token in doc:
            word = token.text.lower().replace("’", "'")
            word = self._speller.mend(word) if mend else word
            words.append(singular(word) if word.isalpha() else word)
        return words

    def read(self, text: str) -> Reading:
        """Everything in `text` (the first 1,000 characters)."""
        text = text[:MAX_CHARACTERS]
        doc = self._nlp.make_doc(text)
        if not len(doc):
            return Reading(text, text, text)
        doc, origin = self._split_joined(doc)
        mended = [self._speller.mend(token.text.lower().replace("’", "'")) for token in doc]
        spaced = _written_out(doc, mended)
        for index, token in enumerate(doc):  # "HR manager", not "hour manager"
            if token.text.lower() == "hr" and index + 1 < len(doc) and doc[index + 1].text.lower() in _OF_PERSONNEL:
                mended[index] = "hr"
            before, other = _MISTYPED.get(token.lower_, (frozenset(), ""))
            follows = doc[index + 1].lower_ if index + 1 < len(doc) else ""
            if follows in before and not (token.lower_ in _NAMES and _is_named(doc, index)):
                mended[index] = other
        matched = self._doc([singular(word) if word.isalpha() else word for word in mended])
        found_spans = list(self._name_spans(matched, doc))
        jobs = [span for span in found_spans if span.label_ == "occupation"]
        spans = [self._workplace(span, doc) for span in found_spans if self._plausible(span, doc, jobs)]
        names = self._whole_names(self._by_priority(spans), doc)
        mentions = [self._mention(span, doc) for span in names]
        mentions += self._workplaces_in(names, spans, doc)
        mentions += self._cue_mentions(matched, doc, names)
        mentions = [_as_written(mention, text, origin) for mention in mentions]
        found = [Mention(kind, value, start, end, text[start:end]) for kind, value, start, end in figures.find(text)]
        mentions = [mention for mention in mentions if not _of_a_figure(mention, found)] + found
        asked = _without_reactions(doc, mended)
        plain = _replaced(doc, asked, spaced, names)
        return Reading(
            text, _replaced(doc, asked, spaced), plain, tuple(sorted(mentions, key=lambda m: (m.start, m.kind)))
        )

    def _split_joined(self, doc: Doc) -> tuple[Doc, Sequence[int]]:
        """ "medicalcoder" -> "medical coder": words run together are told apart where all parts are known.

        Also where each character of the new text stands in the message.
        """
        words = [self._speller.mend(token.text.lower()) if len(token) >= 12 else "" for token in doc]
        if not any(" " in word for word in words):
            return doc, range(len(doc.text))
        text, origin = "", []
        for token, word in zip(doc, words):
            written = word if " " in word else token.text
            added = [written.count(" ", 0, index) if " " in word else 0 for index in range(len(written))]
            origin += [token.idx + min(index - spaces, len(token) - 1) for index, spaces in enumerate(added)]
            origin += [token.idx + len(token)] * len(token.whitespace_)
            text += written + token.whitespace_
        return self._nlp.make_doc(text), origin

    def _name_spans(self, matched: Doc, doc: Doc) -> Iterable[Span]:
        found = [Span(matched, start, end, label=match) for match, start, end in self._matcher(matched)]
        yield from found
        # Where a place ends, "or" and "in" may be Oregon and Indiana: "portland or".
        places = {span.end for span in found if span.label_ == "place"}
        jobs = {at for span in found if span.label_ == "occupation" for at in range(span.start, span.end)}
        for index, token in enumerate(doc):
            word = token.text.lower().strip(".")
            before = doc[index - 1].text.lower() if index else ""
            initials = word.removesuffix("s")
            capitals = token.text.removesuffix("s").isupper() and not doc.text.isupper()
            here = initials in self._abbreviations and before in _LOCATIVE  # "as an MT", but "in MT"
            here = here and not _against_another(doc, index, jobs)
            if initials in self._initials and capitals and not here:
                self._targets.setdefault(("occupation", initials), {})[self._initials[initials]] = None
                yield Span(self._doc_at(matched, index, initials), index, index + 1, label="occupation")
                continue
            if initials in self._letters and _names_somebody(doc, index, jobs):
                self._targets.setdefault(("occupation", initials), {})[self._letters[initials]] = None
                yield Span(self._doc_at(matched, index, initials), index, index + 1, label="occupation")
                continue
            target = self._abbreviations.get(word)
            if target is None or (index + 1 < len(doc) and doc[index + 1].text.lower() in _NOT):  # "ca" of "can't"
                continue
            last = index + 1 == len(doc) or not doc[index + 1].text.isalpha()
            shouted = token.text.isupper() and not doc.text.isupper()
            ends = last and (index + 1 == len(doc) or not doc[index + 1].text[0].isdigit())  # not "in 2024"
            joins = word in {"in", "or"} and not ends and not shouted  # "Dallas, or Reno", "any city, in general"
            after_place = (before == "," and (index - 1 in places or shouted or last)) or (index in places and last)
            after_place = after_place and not joins
            following = doc[index + 1].text.lower() if index + 1 < len(doc) else ""
            listed = index - 1 not in places and _against_another(doc, index, jobs)
            if word == "ma" and shouted and (following in _OF_ASSISTANTS or listed):
                continue  # "MA school", "tech, MA, or coder": medical assistants
            if word == "va" and _VETERANS.search(doc.text):
                continue
            opens = index == 0 or before in {".", "!", "?", ";"}
            if word in _SAID and opens and following and (not following.isalpha() or following in _GOES_ON):
                continue
            if word == "co" and opens and following in {"at", "in", "for", "with", "here"}:
                continue  # "CO at a state prison": a correctional officer
            if word in _UNCLEAR_ABBREVIATIONS:
                unsure = {"ma", "pa", "md", "ms", "id"} if last else {"ma", "pa", "md", "ms", "id", "in", "or"}
                sure = after_place or (shouted and (before in _LOCATIVE or word not in unsure))
                sure = sure or (before in {"in", "near", "around"} and word not in {"me", "in"})
                sure = sure and not (word in _WORDS_TOO and _reads_as_word(before, following))
            else:
                sure = True
            if sure:
                self._targets.setdefault(("abbreviation", word), {})[target] = None
                yield Span(self._doc_at(matched, index, word), index, index + 1, label="abbreviation")

    def _doc_at(self, matched: Doc, index: int, word: str) -> Doc:
        words = [token.text for token in matched]
        words[index] = word
        return self._doc(words)

    def _plausible(self, span: Span, doc: Doc, jobs: Sequence[Span] = ()) -> bool:
        """A city whose name is an everyday word counts only after "in" and the like, or with a capital; a school as an
        employer only where one works there; an employer not where the end of its name begins that of a job ("hospital
        pharmacy tech"); an occupation not where its name means something else."""
        first, last = doc[span.start], doc[span.end - 1]
        if span.label_ == "employer_type" and any(span.start < job.start < span.end < job.end for job in jobs):
            return False
        if span.label_ == "employer_type" and is_by_name([token.text for token in doc], span.start, span.end):
            return False
        if span.label_ == "occupation" and other_sense(span.text, doc.text, first.idx, last.idx + len(last)):
            return False
        if span.label_ == "employer_type" and span.text in self._brands:
            before, after = doc.text[: first.idx], doc.text[last.idx + len(last) :]
            return bool(_KIND_OF.search(after) or _LIKE_ONE.search(before))
        if span.label_ == "foreign" and _VETERAN.match(doc.text, last.idx + len(last)):
            return False
        if span.label_ == "foreign" and span.text.startswith("in pound"):  # money, not what is lifted
            return not _WEIGHT.search(doc.text)
        if span.label_ == "place" and span.text == "the state":  # "the best paid in the state", not "the States"
            return last.text.lower() == "states"
        if span.label_ == "employer_type" and span.text in _STUDIED_AT:
            return self._worked_at(span, doc) or self._of_a_job(span, doc, jobs)
        if span.label_ == "place" and span.text == "billing" and doc[span.start].text.lower() != "billings":
            return False
        if span.label_ != "place" or len(span) > 1 or span.text in self._abbreviations:
            return True
        if span.text in _NEVER:
            return False
        original = doc[span.start]
        if span.text not in _EVERYDAY or any(t.startswith("US") for t in self._targets_of(span)):
            return True
        before = doc[span.start - 1].text.lower() if span.start else ""
        return before in {"in", "near", "around"} or (
            original.text[:1].isupper() and span.start > 0 and not doc.text.isupper()
        )

    def _workplace(self, span: Span, doc: Doc) -> Span:
        """A span that names the person whose office one works at as that kind of employer."""
        office = self._offices.get(span.text) if span.label_ == "occupation" else None
        if office is None or not _AT_SOMEONES.search(doc.text[: doc[span.start].idx]):
            return span
        self._targets.setdefault(("employer_type", span.text), office)
        return Span(span.doc, span.start, span.end, label="employer_type")

    @staticmethod
    def _worked_at(span: Span, doc: Doc) -> bool:
        before = doc.text[: doc[span.start].idx]
        if _EMPLOYS.match(doc.text[doc[span.end - 1].idx + len(doc[span.end - 1]) :]):
            return True
        plural = doc[span.end - 1].text.lower().endswith(("s", "ies"))
        if plural:
            return not re.search(r"\b(?:what|which|good|best|any|of|find|top|online|nursing|to)\s+$", before, re.I)
        return bool(_AT_ONE.search(before)) and not _STUDIES.search(doc.text)

    @staticmethod
    def _of_a_job(span: Span, doc: Doc, jobs: Sequence[Span]) -> bool:
        """Whether a word for a school stands right before a job: "a school nurse", not "years of school, medical
        assistant" or "nursing school"."""
        named = any(job.start == span.end for job in jobs)
        return named and not _SCHOOL_OF.search(doc.text[: doc[span.start].idx])

    def _targets_of(self, span: Span) -> list[str]:
        return list(self._targets.get((span.label_, span.text), {}))

    def _by_priority(self, spans: Sequence[Span]) -> list[Span]:
        """Longest first; of equal length the kind that comes first in _PRIORITY."""
        ordered = sorted(spans, key=lambda s: _PRIORITY.index(s.label_))
        return sorted(filter_spans(ordered), key=lambda s: s.start)

    def _whole_names(self, names: Sequence[Span], doc: Doc) -> list[Span]:
        """The names without the ends of longer ones that are not known (the "specialist" of a nurse specialist); an
        "assistant in a pharmacy" is called a pharmacy assistant, if that is a name."""
        kept = [one for before, one in zip([None, *names], names) if not _ends_another(before, one)]
        for index, (job, place) in enumerate(pairwise(kept)):
            name = f"{place.text} {job.text}"
            if ("occupation", name) in self._targets and len(job) == 1 and _at(job, place, doc):
                kept[index] = Span(self._doc_at(job.doc, job.start, name), job.start, job.end, label=job.label_)
        return kept

    def _mention(self, span: Span, doc: Doc) -> Mention:
        targets = self._targets_of(span)
        if len(targets) > 1:
            targets.sort(key=lambda target: (not target.startswith("US"), -self._weights.get(target, 0.0)))
        first, last = doc[span.start], doc[span.end - 1]
        start, end = first.idx, last.idx + len(last)
        kind = "place" if span.label_ == "abbreviation" else span.label_
        return Mention(kind, targets[0], start, end, doc.text[start:end], self._rivals(tuple(targets)))

    def _workplaces_in(self, names: Sequence[Span], spans: Sequence[Span], doc: Doc) -> list[Mention]:
        """The employers with whose names those of jobs begin, where the rest is a name of the job by itself: "hospital
        coders" are coders, in hospitals; but a pharmacy is where pharmacy technicians work in any case."""
        jobs = [span for span in names if span.label_ == "occupation"]
        rests = {(one.start, one.end): set(self._targets_of(one)) for one in spans if one.label_ == "occupation"}
        return [
            self._mention(place, doc)
            for job in jobs
            for place in spans
            if place.label_ == "employer_type" and place.start == job.start and place.end < job.end
            for target in self._targets_of(job)[:1]
            if target in rests.get((place.end, job.end), ()) and not set(place.text.split()) & set(target.split("-"))
        ]

    def _rivals(self, targets: tuple[str, ...]) -> tuple[str, ...]:
        """The candidates worth asking back about: none if a state, or one place far larger, is meant."""
        if len(targets) < 2 or targets[0].startswith("US") or all(_RURAL_AREA.match(target) for target in targets):
            return ()  # "rural Maine": the answer names the state's other rural areas too
        heaviest = self._weights.get(targets[0], 0.0)
        return () if heaviest > 4 * self._weights.get(targets[1], 0.0) else tuple(targets[:4])

    def _cue_mentions(self, matched: Doc, doc: Doc, names: Sequence[Span]) -> list[Mention]:
        """Every cue that is not part of a name ("new york city" asks for no ranking of cities)."""
        named = {index for span in names if span.label_ != "level" for index in range(span.start, span.end)}
        found = []
        for match, first, end_token in self._cues(matched):
            span = Span(matched, first, end_token, label=match)
            if named.issuperset(range(first, end_token)):
                continue
            start, end = doc[span.start].idx, doc[span.end - 1].idx + len(doc[span.end - 1])
            if span.label_ in _SET_ASIDE and (_ASIDE.search(doc.text[end:]) or _LEFT_OUT.search(doc.text[:start])):
                continue
            found.append(Mention("cue", span.label_, start, end, doc.text[start:end]))
        return found


def _reads_as_word(before: str, following: str) -> bool:
    """Whether what stands around an abbreviation that is a word, too, makes it one: "would that be OK with a GED"."""
    return before not in _LOCATIVE and (before in _READ_AFTER or following in _READ_BEFORE)


def _of_a_figure(cue: Mention, figures_: Sequence[Mention]) -> bool:
    """Whether a cue is but a word of a figure: the "hour" of "22 an hour" asks for no working hours."""
    return cue.value in _OTHER_THAN_PAY and any(f.start <= cue.start and cue.end <= f.end for f in figures_)


def _against_another(doc: Doc, index: int, jobs: set[int]) -> bool:
    """Whether a word is set beside an occupation: "MT or coder", "a coder or an MT". `jobs`: words of occupations."""
    for step in (1, -1):
        at, joined = index + step, False
        while 0 <= at < len(doc) and doc[at].text.lower() in _BETWEEN:
            joined |= doc[at].text.lower() in _JOINS
            at += step
        if joined and at in jobs:
            return True
    return False


def _names_somebody(doc: Doc, index: int, jobs: set[int]) -> bool:
    """Whether letters that mean other things too are those of somebody's job: "what does a PA make", "PTs", "coder or
    PA"; not "a PT job", "jobs in PA"."""
    if _PLURAL_LETTERS.fullmatch(doc[index].text):
        return True
    following = doc[index + 1].lower_ if index + 1 < len(doc) else ""
    before = doc[index - 1].lower_ if index else ""
    if following.isalpha() and following not in _AFTER_SOMEBODY:
        return False
    written = doc[index].text.isupper() or following in _OF_SOMEBODY  # "a pa makes", but "a pt" is a patient
    return written and (before in {"a", "an"} or _against_another(doc, index, jobs))


def _ends_another(before: Span | None, name: Span) -> bool:
    """Whether a general name of occupations ends one that begins with another: "clinical nurse specialist"."""
    if before is None or {before.label_, name.label_} != {"occupation"} or before.end != name.start:
        return False
    return name.text in _HEADS and before.text not in _HEADS


def _at(job: Span, place: Span, doc: Doc) -> bool:
    """Whether a general name of occupations and an employer stand as in "assistant in a pharmacy"."""
    if job.label_ != "occupation" or job.text not in _HEADS or place.label_ != "employer_type":
        return False
    return bool(_AT_A.fullmatch(doc[job.end : place.start].text))


def _as_written(mention: Mention, text: str, origin: Sequence[int]) -> Mention:
    """The mention at its place in the message itself, which may run words together."""
    start, end = origin[mention.start], origin[mention.end - 1] + 1
    return replace(mention, start=start, end=end, text=text[start:end])


def _is_named(doc: Doc, index: int) -> bool:
    """Whether a token is written or placed as a name is: "my CNA", "as a cna i make"."""
    prior = doc[index - 1].lower_ if index else ""
    return not doc[index].text.islower() or prior in _NAMES_ONE


def _written_out(doc: Doc, mended: list[str]) -> list[bool]:
    """Writes out in `mended` the words that the tokenizer takes apart ("got" "ta" -> "have" "to", "do" "nt" -> "do"
    "n't"). Returns before which tokens there is a space then."""
    spaced = [index > 0 and bool(doc[index - 1].whitespace_) for index in range(len(doc))]
    for index in range(1, len(doc)):
        both = None if spaced[index] else run_together(doc[index - 1].lower_, doc[index].lower_)
        if both:
            mended[index - 1], mended[index], space = both
            spaced[index] = bool(space)
    return spaced


def _without_reactions(doc: Doc, mended: Sequence[str]) -> list[str]:
    """The words of a message without what is no part of its question: the laugh in "i suck at math lol, is that bad",
    the "again" of "how many years was it again"."""
    words = [index for index, token in enumerate(doc) if token.text.isalpha()]
    dropped = {index for index in words if _LAUGH.fullmatch(doc[index].lower_)}
    if len(words) - len(dropped) < FEW_WORDS:
        return list(mended)
    last = max(index for index in words if index not in dropped)
    if doc[last].lower_ == "again" and _ASKS_ANEW.match(doc.text):
        dropped.add(last)
    return ["" if index in dropped else word for index, word in enumerate(mended)]


def _replaced(doc: Doc, mended: Sequence[str], spaced: Sequence[bool], names: Sequence[Span] = ()) -> str:
    """The mended text, with every one of `names` replaced by the stand-in of its kind."""
    out: list[str] = []
    index = 0
    by_start = {span.start: span for span in names if span.label_ in STAND_INS}
    while index < len(doc):
        span = by_start.get(index)
        word = mended[index]
        if not word and span is None:
            index += 1
            continue
        if span:
            plural = doc[span.end - 1].text.lower().endswith("s")
            word = _PLURALS.get(span.label_, STAND_INS[span.label_]) if plural else STAND_INS[span.label_]
        out.append((" " if out and (spaced[index] or span) else "") + word)
        index = span.end if span else index + 1
    return "".join(out)
