"""The tables of the knowledge database. All of it can be rebuilt from the YAML files and the importers."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, Float, ForeignKey, Index, Integer, LargeBinary, String, Text
from sqlalchemy.orm import declarative_base

Base: Any = declarative_base()


class Meta(Base):
    """What this build was made from: name and value."""

    __tablename__ = "meta"
    name = Column(String, primary_key=True)
    value = Column(Text, nullable=False)


class SourceRow(Base):
    __tablename__ = "source"
    id = Column(String, primary_key=True)
    publisher = Column(String, nullable=False)
    title = Column(String, nullable=False)
    url = Column(String, nullable=False)
    kind = Column(String, nullable=False)
    authority = Column(Integer, nullable=False)
    authority_reason = Column(Text, nullable=False)
    licence = Column(Text, nullable=False)


class EditionRow(Base):
    __tablename__ = "edition"
    id = Column(String, primary_key=True)
    source_id = Column(ForeignKey("source.id"), nullable=False)
    version = Column(String, nullable=False)
    title = Column(String, nullable=False)
    url = Column(String, nullable=False)
    published = Column(String, nullable=False)
    published_estimate = Column(String)
    estimate_reason = Column(String)
    retrieved = Column(String, nullable=False)
    citation = Column(Text, nullable=False)
    sha256 = Column(String)


class OccupationRow(Base):
    """An occupation. `depth`: `facts` where statements exist, `statistics` where only pay tables do."""

    __tablename__ = "occupation"
    id = Column(String, primary_key=True)
    name = Column(String, nullable=False)
    plural = Column(String, nullable=False)
    official = Column(String)
    soc = Column(String(6), index=True)
    depth = Column(String, nullable=False)
    stands_in = Column(String)
    stands_in_reason = Column(Text)
    stands_in_statement = Column(String)


class LabelRow(Base):
    """A name or alias of an occupation, credential, place or employer type, in lower case."""

    __tablename__ = "label"
    id = Column(Integer, primary_key=True, autoincrement=True)
    kind = Column(String, nullable=False)
    target = Column(String, nullable=False)
    text = Column(String, nullable=False)
    __table_args__ = (Index("label_kind_text", "kind", "text"),)


class CodeRow(Base):
    """A code of an occupation in a classification (SOC, O*NET)."""

    __tablename__ = "code"
    occupation_id = Column(ForeignKey("occupation.id"), primary_key=True)
    system = Column(String, primary_key=True)
    value = Column(String, primary_key=True)


class PlaceRow(Base):
    """A place. `area` is the area code of the pay statistics, if they have it."""

    __tablename__ = "place"
    id = Column(String, primary_key=True)
    level = Column(String, nullable=False)
    parent = Column(String)
    name = Column(String, nullable=False)
    abbreviation = Column(String)
    area = Column(String(7), index=True)


class CredentialRow(Base):
    __tablename__ = "credential"
    id = Column(String, primary_key=True)
    name = Column(String, nullable=False)
    short = Column(String, nullable=False)


class EmployerRow(Base):
    __tablename__ = "employer"
    id = Column(String, primary_key=True)
    name = Column(String, nullable=False)
    phrase = Column(String, nullable=False)
    industry = Column(String(6))


class IndustryRow(Base):
    """An industry of the pay statistics (NAICS based code)."""

    __tablename__ = "industry"
    code = Column(String(6), primary_key=True)
    name = Column(String, nullable=False)
    display_level = Column(Integer, nullable=False)


class UnitRow(Base):
    __tablename__ = "unit"
    id = Column(String, primary_key=True)


class IndicatorRow(Base):
    """A kind of statement; `definition` is the vocabulary entry as JSON."""

    __tablename__ = "indicator"
    id = Column(String, primary_key=True)
    topic = Column(String, nullable=False)
    title = Column(String, nullable=False)
    definition = Column(Text, nullable=False)


class StatementRow(Base):
    __tablename__ = "statement"
    id = Column(String, primary_key=True)
    occupation = Column(ForeignKey("occupation.id"), nullable=False)
    indicator = Column(ForeignKey("indicator.id"), nullable=False)
    edition = Column(ForeignKey("edition.id"), nullable=False)
    locator = Column(Text, nullable=False)
    value_kind = Column(String, nullable=False)
    number = Column(Float)
    low = Column(Float)
    high = Column(Float)
    unit = Column(ForeignKey("unit.id"))
    item = Column(String)
    text = Column(Text)
    original = Column(Text)
    place = Column(String, nullable=False)
    period = Column(String, nullable=False)
    statistic = Column(String, nullable=False)
    percentile = Column(Integer)
    employer_type = Column(String, nullable=False)
    rank = Column(String, nullable=False)
    reason = Column(Text)
    note = Column(Text)
    scope_key = Column(String, nullable=False)
    qualifiers = Column(String, nullable=False)  # "key=value,…" again, so that one look-up reads a statement
    file = Column(String)
    position = Column(Integer, nullable=False)
    __table_args__ = (Index("statement_occupation_indicator", "occupation", "indicator"),)


class TextVectorRow(Base):
    """The sentence embedding of a statement's text (384 float32), by the text's SHA-256, so that it can be reused."""

    __tablename__ = "text_vector"
    sha256 = Column(String(64), primary_key=True)
    vector = Column(LargeBinary, nullable=False)


class AskedRow(Base):
    """A question as people ask it, and what answers it (asked.Target); or, without an indicator, what no source says
    (asked.Missing: item is its kind, `what` its words, `occupation` the one that the question names, or "")."""

    __tablename__ = "asked"
    id = Column(Integer, primary_key=True, autoincrement=True)
    question = Column(Text, nullable=False)
    occupation = Column(String, nullable=False, index=True)
    topic = Column(String, nullable=False)
    indicator = Column(String, nullable=False)
    item = Column(String, nullable=False)
    qualifiers = Column(String, nullable=False)
    what = Column(Text, nullable=False)


class QualifierRow(Base):
    __tablename__ = "qualifier"
    statement_id = Column(ForeignKey("statement.id"), primary_key=True)
    key = Column(String, primary_key=True)
    value = Column(String, nullable=False)


class StatementInputRow(Base):
    """What a derived statement was computed from."""

    __tablename__ = "statement_input"
    statement_id = Column(ForeignKey("statement.id"), primary_key=True)
    input_id = Column(String, primary_key=True)


class CorrectionRow(Base):
    """A place where a source is wrong: what is printed, what is right, why and where that is shown."""

    __tablename__ = "correction"
    id = Column(String, primary_key=True)
    edition = Column(ForeignKey("edition.id"), nullable=False)
    locator = Column(Text, nullable=False)
    published = Column(Text, nullable=False)
    corrected = Column(Text, nullable=False)
    reason = Column(Text, nullable=False)
    statement_id = Column(String)
    shown_by = Column(String)
    shown_by_locator = Column(Text)


class WageRow(Base):
    """One wide row of the pay statistics (OEWS): an occupation, in an area, in an industry.

    Wages in USD; None = not published, with the reason in `footnotes` ("13:8 15:5": column 13 has footnote 8).
    """

    __tablename__ = "wage"
    soc = Column(String(6), primary_key=True)
    industry = Column(String(6), primary_key=True)
    area = Column(String(7), primary_key=True)
    level = Column(String(1), nullable=False)
    employment = Column(Integer)
    employment_rse = Column(Float)
    hourly_mean = Column(Float)
    annual_mean = Column(Float)
    wage_rse = Column(Float)
    hourly_p10 = Column(Float)
    hourly_p25 = Column(Float)
    hourly_median = Column(Float)
    hourly_p75 = Column(Float)
    hourly_p90 = Column(Float)
    annual_p10 = Column(Float)
    annual_p25 = Column(Float)
    annual_median = Column(Float)
    annual_p75 = Column(Float)
    annual_p90 = Column(Float)
    per_1000_jobs = Column(Float)
    location_quotient = Column(Float)
    footnotes = Column(String)


class FootnoteRow(Base):
    __tablename__ = "footnote"
    code = Column(String, primary_key=True)
    text = Column(Text, nullable=False)
