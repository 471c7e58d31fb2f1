"""The only way to read the knowledge: answer(question) -> Answer. Nothing here writes, words or guesses."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.engine import Connection

from knowledge.asked import ANY, OTHER, Missing, Target, with_borrowed
from knowledge.catalog import Catalog, Occupation
from knowledge.errors import KnowledgeError
from knowledge.models import CorrectionRow, Meta
from knowledge.resolve import Finding, Resolver, same_thing
from knowledge.scope import ALL_EMPLOYERS, COUNTRY, UNSTATED, Fallback, Scope, wider_places
from knowledge.snapshot import STATEMENTS, Done, Snapshot, Snapshots, statement_of
from knowledge.statement import Edition, Statement
from knowledge.vectors import Matrix
from knowledge.wages import FIGURES, WageRecord
from knowledge.wordings import Words

LIKE = 100  # questions that a search gives
UNANSWERED = 5  # the same of those that no source answers
CROWD = 20  # questions that stand around a message
STAND_IN = 0.05  # off the cosine of what is said of the occupation that stands in for the one asked about


@dataclass(frozen=True)
class Question:
    """What is asked, in ids of the vocabulary. `indicators` narrows a topic to some of its indicators;
    `qualifiers` picks (level, credential, with …)."""

    topic: str
    occupation: str
    place: str = UNSTATED
    statistic: str = UNSTATED
    percentile: int | None = None
    employer_type: str = UNSTATED
    period: str = UNSTATED
    indicators: tuple[str, ...] = ()
    qualifiers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Other:
    """What another edition says of the same thing. `relation`: see Resolver.relation."""

    statement: Statement
    edition: Edition
    relation: str


@dataclass(frozen=True)
class Evidence:
    """A statement with the edition behind it, what is known to be wrong with it, and what others say, best first."""

    statement: Statement
    edition: Edition
    corrections: tuple[tuple[str, str, str], ...] = ()
    others: tuple[Other, ...] = ()


@dataclass(frozen=True)
class Answer:
    """What is known. `findings` by indicator in the topic's order; empty means: no source covers it."""

    question: Question
    occupation: Occupation
    findings: tuple[Finding, ...] = ()
    fallbacks: tuple[Fallback, ...] = ()

    def of(self, *indicators: str) -> tuple[Finding, ...]:
        return tuple(f for f in self.findings if f.lead.indicator in indicators)

    @property
    def found(self) -> bool:
        return bool(self.findings)


class KnowledgeBase:
    """Read access to one knowledge database. Follows the file when a rebuild replaces it. Thread-safe."""

    def __init__(self, url: str, *, today: date | None = None, remember: int = 2000) -> None:
        """`remember`: how many answers are kept; the knowledge does not change while its file does not."""
        self._snapshots = Snapshots(url)
        self._session = self._snapshots.session
        self._today = today
        self._remember = remember

    @property
    def catalog(self) -> Catalog:
        """The small tables of the database as it is now."""
        return self._snapshots.current().catalog

    def whole(self, work: Callable[[], Done]) -> Done:
        """What `work` gives when all that it asks here is of one state of the database: an answer asks a dozen times,
        and a rebuild may come between. `work` may be done again, so it must change nothing."""
        return self._snapshots.whole(work)

    def facts_hash(self) -> str:
        """The hash of the files that the database was built from. It is read anew each time: a proof that it can be."""
        with self._session() as (connection, _):
            found = connection.execute(select(Meta.value).where(Meta.name == "facts_hash")).scalar()
            return str(found or "")

    def answer(self, question: Question) -> Answer:
        """Everything the sources say to a question; an occupation without statements may be stood in for."""
        with self._session() as (connection, snapshot):
            known = snapshot.answers.get(question)
            if known is None:
                known = self._answer(connection, snapshot, question)
                if len(snapshot.answers) < self._remember:
                    snapshot.answers[question] = known
            return known

    def _answer(self, connection: Connection, snapshot: Snapshot, question: Question) -> Answer:
        catalog = snapshot.catalog
        occupation = catalog.occupations.get(question.occupation)
        topic = catalog.topics.get(question.topic)
        if occupation is None or topic is None:
            raise KnowledgeError(
                f"No occupation {question.occupation!r} or no topic {question.topic!r} in the knowledge base"
            )
        indicators = question.indicators or topic.indicators
        known = snapshot.statements(connection, occupation.id)
        statements = [s for name in indicators for s in known.get(name, ())]
        statements += self._figures(connection, snapshot, occupation, question, indicators)
        findings = self._resolve(catalog, statements, question, indicators)
        answer = Answer(question, occupation, tuple(findings))
        if occupation.stands_in is None or not _wanting(answer):
            return answer
        other = self._answer(connection, snapshot, replace(question, occupation=occupation.stands_in))
        if not other.found:
            return answer
        step = Fallback("occupation", occupation.id, occupation.stands_in)
        own = tuple(f for f in answer.findings if f.lead.indicator in ("pay.comparison", "pay.factor"))
        return replace(other, findings=other.findings + own, fallbacks=(step, *other.fallbacks))

    def _resolve(
        self, catalog: Catalog, statements: Sequence[Statement], question: Question, indicators: Sequence[str]
    ) -> list[Finding]:
        resolver = Resolver(catalog.editions, catalog.indicators, catalog.parents, self._today)
        wanted = dict(question.qualifiers)
        findings: list[Finding] = []
        for name in indicators:
            indicator = catalog.indicators[name]
            own = [
                s
                for s in statements
                if s.indicator == name
                and all(
                    s.scope.qualifier(key) == value
                    for key, value in wanted.items()
                    if key in indicator.qualifiers + indicator.optional
                )
            ]
            if wanted and not set(wanted) & set(indicator.qualifiers + indicator.optional) and question.indicators:
                own = []
            if indicator.type == "number":
                findings += self._numbers(resolver, own, question)
            elif indicator.type == "choice":
                groups: dict[tuple[tuple[str, str], ...], list[Statement]] = {}
                for statement in own:
                    groups.setdefault(statement.scope.qualifiers, []).append(statement)
                findings += [f for f in (resolver.choice(group) for group in groups.values()) if f]
            else:
                findings += resolver.texts(own)
        return findings

    def _numbers(self, resolver: Resolver, statements: Sequence[Statement], question: Question) -> list[Finding]:
        """One finding for each set of qualifiers, and for pay each statistic that can be told apart."""
        groups: dict[tuple[object, ...], list[Statement]] = {}
        for statement in statements:
            if question.statistic == UNSTATED and statement.indicator.startswith("pay."):
                kind: tuple[object, ...] = (statement.scope.statistic, statement.scope.percentile or 0)
            else:
                kind = ()
            groups.setdefault((statement.scope.qualifiers, *kind), []).append(statement)
        wanted = Scope(question.place, question.period, question.statistic, question.percentile, question.employer_type)
        found = [resolver.number(group, wanted) for _, group in sorted(groups.items(), key=lambda pair: str(pair[0]))]
        return [finding for finding in found if finding is not None]

    def _figures(
        self,
        connection: Connection,
        snapshot: Snapshot,
        occupation: Occupation,
        question: Question,
        indicators: Sequence[str],
    ) -> list[Statement]:
        """The pay statistics that a question needs: of the narrowest place that has the occupation."""
        if occupation.soc is None or not {"pay.annual", "pay.hourly", "outlook.employment"} & set(indicators):
            return []
        wages = snapshot.wages
        place = COUNTRY if question.place == UNSTATED else question.place
        employer = ALL_EMPLOYERS if question.employer_type == UNSTATED else question.employer_type
        records = []
        if employer != ALL_EMPLOYERS:
            records.append(wages.record(connection, occupation.id, occupation.soc, COUNTRY, employer))
        for step in wider_places(place, snapshot.catalog.parents):
            records.append(wages.record(connection, occupation.id, occupation.soc, step))
        figures = []
        for record in records:
            for column, (indicator, _, _, _) in FIGURES.items():
                if record is None or indicator not in indicators:
                    continue
                statement = record.statement(column) or record.top_coded(column)
                if statement is not None:
                    figures.append(statement)
        return figures

    def wage(self, occupation: str, place: str = COUNTRY, employer: str = ALL_EMPLOYERS) -> WageRecord | None:
        """The pay statistics of exactly this place and employer type."""
        with self._session() as (connection, snapshot):
            soc = snapshot.catalog.occupations[occupation].soc
            return snapshot.wages.record(connection, occupation, soc, place, employer) if soc else None

    def ranking(
        self,
        occupation: str,
        column: str,
        *,
        level: str,
        within: str | None = None,
        lowest: bool = False,
        limit: int = 5,
    ) -> Sequence[WageRecord]:
        """The best or worst paying states ("S") or areas ("M") for an occupation."""
        with self._session() as (connection, snapshot):
            soc = snapshot.catalog.occupations[occupation].soc
            return (
                snapshot.wages.ranking(
                    connection, occupation, soc, column, level=level, within=within, lowest=lowest, limit=limit
                )
                if soc
                else ()
            )

    def industries(self, occupation: str, column: str = "annual_median", limit: int = 5) -> Sequence[WageRecord]:
        """The industries that employ most of an occupation, with their pay."""
        with self._session() as (connection, snapshot):
            soc = snapshot.catalog.occupations[occupation].soc
            return snapshot.wages.industries(connection, occupation, soc, column, limit) if soc else ()

    def statements(self, occupation: str, indicator: str) -> Sequence[Statement]:
        """Every statement of an occupation and indicator from the YAML files, whatever its scope."""
        with self._session() as (connection, snapshot):
            return snapshot.statements(connection, occupation).get(indicator, ())

    def similar(self, occupation: str, vector: Matrix) -> Mapping[str, float]:
        """How near each text of an occupation is to a message's embedding: statement id -> cosine."""
        with self._session() as (connection, snapshot):
            return snapshot.index(connection, occupation).scores(vector)

    def asked_like(self, occupation: str, vector: Matrix) -> Mapping[Target, float]:
        """The questions that an occupation's statements and statistics answer and that are nearest to a message's
        embedding: how near, nearest first. A hundred: what is said of another credential or school is still among them.
        """
        key = (occupation, vector.tobytes())
        with self._session() as (connection, snapshot):
            found = snapshot.near.get(key)
            if found is None:
                found = self._asked_like(connection, snapshot, occupation, vector)
                snapshot.near.keep(key, found)
            return found

    def _asked_like(
        self, connection: Connection, snapshot: Snapshot, occupation: str, vector: Matrix
    ) -> Mapping[Target, float]:
        known = snapshot.catalog.occupations.get(occupation)
        stand_in = known.stands_in if known else None
        index = snapshot.questions(connection)
        own = index.like(vector, LIKE, (ANY, *((stand_in,) if stand_in else ()), occupation))
        near = dict(own)
        if occupation in snapshot.catalog.in_depth:  # of the others nothing is said that could be borrowed for
            everyone = index.like(vector, LIKE, snapshot.catalog.in_depth)
            near = with_borrowed(own, everyone, lambda target: snapshot.twin(index, target, occupation))
        if stand_in:
            near = {t: near[t] - (STAND_IN if t.occupation == stand_in else 0.0) for t in near}
        return dict(sorted(near.items(), key=lambda pair: -pair[1]))

    def as_asked(self, target: Target, vector: Matrix) -> Matrix:
        """The embedding of the known question for a target that is nearest to a message's; its own if there is none."""
        with self._session() as (connection, snapshot):
            return snapshot.questions(connection).nearest_text_of(target, vector)

    def asked_of_anyone(self, vector: Matrix, count: int = 3) -> list[float]:
        """The highest cosines of a message's embedding with questions that statements of any occupation answer: whether
        such a thing is known at all. One a statement, highest first."""
        with self._session() as (connection, snapshot):
            return snapshot.questions(connection).nearest(vector, count)

    def crowds(self, vector: Matrix) -> tuple[list[float], list[float]]:
        """The highest cosines of a message's embedding with questions that are answered, and with those that no source
        answers, of whichever occupation; each question by itself, not the best of a statement's."""
        with self._session() as (connection, snapshot):
            answered, unanswered = snapshot.questions(connection), snapshot.unanswered(connection)
            return answered.crowd(vector, CROWD), unanswered.crowd(vector, CROWD)

    def read_questions(self) -> None:
        """Read the questions beside the statements and their words, which the first search would do."""
        with self._session() as (connection, snapshot):
            snapshot.questions(connection)
            snapshot.unanswered(connection)
            snapshot.wordings(connection)

    def words(self, text: str, vector: Matrix, likeliest: Iterable[Target], gap: Missing | None = None) -> Words:
        """What the words of a message, without the names in it, tell beside its embedding. `likeliest`: what may answer
        it; `gap`: what it most likely asks if no source does."""
        with self._session() as (connection, snapshot):
            answered = snapshot.questions(connection).around(vector, CROWD)
            unanswered = snapshot.unanswered(connection).around(vector, CROWD)
            return snapshot.wordings(connection).seen(text, answered, unanswered, likeliest, gap)

    def likeliest_of_each(self, vector: Matrix) -> Mapping[str, tuple[Target, float]]:
        """For each occupation known in depth, what answers the nearest of its questions, and that question's cosine."""
        with self._session() as (connection, snapshot):
            return snapshot.questions(connection).nearest_of_each(vector, snapshot.catalog.in_depth)

    def unanswered_like(self, occupation: str, vector: Matrix) -> Mapping[Missing, float]:
        """The questions that no source answers, of this occupation or of none, and that are nearest to a message's
        embedding: how near, nearest first."""
        with self._session() as (connection, snapshot):
            known = snapshot.catalog.occupations.get(occupation)
            own = occupation if known is not None and known.depth == "facts" else OTHER
            found = snapshot.unanswered(connection).like(vector, UNANSWERED, (own, ""))
        near: dict[Missing, float] = {}
        for (_, missing), cosine in found.items():
            near.setdefault(missing, cosine)
        return near

    def covered(self, occupation: str) -> tuple[str, ...]:
        """The topics that have a statement for an occupation, in the order of topics.yml."""
        with self._session() as (connection, snapshot):
            topics = snapshot.covered.get(occupation)
            if topics is None:
                found = set(snapshot.statements(connection, occupation))
                known = snapshot.catalog.occupations.get(occupation)
                if known is not None and known.soc:
                    found.add("pay.annual")
                topics = tuple(t.id for t in snapshot.catalog.topics.values() if found & set(t.indicators))
                snapshot.covered[occupation] = topics
            return topics

    def evidence(self, statement_id: str) -> Evidence | None:
        """The statement behind an id in an answer, or None."""
        with self._session() as (connection, snapshot):
            statement = snapshot.wages.by_id(connection, statement_id, snapshot.catalog.by_soc)
            if statement is None:
                rows = connection.execute(select(STATEMENTS).where(STATEMENTS.c.id == statement_id)).all()
                if not rows:
                    return None
                statement = statement_of(rows[0])
            editions = snapshot.catalog.editions
            corrections = self._corrections(connection, statement.id)
            others = self._others(connection, snapshot, statement)
            return Evidence(statement, editions[statement.edition], corrections, others)

    def _others(self, connection: Connection, snapshot: Snapshot, statement: Statement) -> tuple[Other, ...]:
        """What other editions say of the same thing, pay statistics included."""
        catalog, scope = snapshot.catalog, statement.scope
        candidates = list(snapshot.statements(connection, statement.occupation).get(statement.indicator, ()))
        occupation = catalog.occupations.get(statement.occupation)
        if occupation is not None and occupation.soc and statement.has_figure:
            place = COUNTRY if scope.place == UNSTATED else scope.place
            employer = ALL_EMPLOYERS if scope.employer_type == UNSTATED else scope.employer_type
            record = snapshot.wages.record(connection, occupation.id, occupation.soc, place, employer)
            figures = (record.statement(column) or record.top_coded(column) for column in FIGURES) if record else ()
            candidates += [figure for figure in figures if figure is not None]
        indicator = catalog.indicators[statement.indicator]
        resolver = Resolver(catalog.editions, catalog.indicators, catalog.parents, self._today)
        found = resolver.best_first(s for s in candidates if same_thing(statement, s, indicator))
        return tuple(Other(s, catalog.editions[s.edition], resolver.relation(statement, s)) for s in found)

    @staticmethod
    def _corrections(connection: Connection, statement_id: str) -> tuple[tuple[str, str, str], ...]:
        rows = connection.execute(
            select(CorrectionRow.published, CorrectionRow.corrected, CorrectionRow.reason).where(
                CorrectionRow.statement_id == statement_id
            )
        ).all()
        return tuple((row.published, row.corrected, row.reason) for row in rows)

    def all_statements(self) -> list[Statement]:
        """Every statement of the YAML files (not the pay statistics), for reports."""
        with self._session() as (connection, _):
            return [statement_of(row) for row in connection.execute(select(STATEMENTS).order_by(STATEMENTS.c.position))]


def _wanting(answer: Answer) -> bool:
    """Nothing found, or pay without a figure: then another occupation may stand in."""
    if answer.question.topic == "pay":
        return not any(f.lead.has_figure for f in answer.findings)
    return not answer.found
