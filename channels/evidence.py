"""The evidence behind a citation: the statement, its source and place in it, and what is known to be wrong."""

from __future__ import annotations

from html import escape
from typing import Any

from knowledge.query import Evidence


def as_json(evidence: Evidence) -> dict[str, Any]:
    """The evidence of one statement, for programs."""
    statement, edition = evidence.statement, evidence.edition
    scope = statement.scope
    return {
        "statement": statement.id,
        "occupation": statement.occupation,
        "indicator": statement.indicator,
        "text": statement.text,
        "item": statement.item,
        "value": statement.number,
        "low": statement.low,
        "high": statement.high,
        "unit": statement.unit,
        "original": statement.original,
        "place": scope.place,
        "period": scope.period,
        "statistic": scope.statistic,
        "percentile": scope.percentile,
        "employer_type": scope.employer_type,
        "qualifiers": dict(scope.qualifiers),
        "locator": statement.locator,
        "note": statement.note,
        "source": {
            "id": edition.source.id,
            "publisher": edition.source.publisher,
            "kind": edition.source.kind,
            "authority": edition.source.authority,
            "authority_reason": edition.source.authority_reason,
            "licence": edition.source.licence,
        },
        "edition": {
            "id": edition.id,
            "title": edition.title,
            "version": edition.version,
            "url": edition.url,
            "published": edition.published,
            "published_estimate": edition.published_estimate,
            "estimate_reason": edition.estimate_reason,
            "retrieved": edition.retrieved,
            "sha256": edition.sha256,
        },
        "corrections": [{"published": p, "corrected": c, "reason": r} for p, c, r in evidence.corrections],
    }


def as_page(evidence: Evidence) -> str:
    """The same for people: a page without script, everything escaped."""
    content = as_json(evidence)
    edition, source = content["edition"], content["source"]
    numbers = [v for v in (content["value"], content["low"], content["high"]) if v is not None]
    figure = content["original"] or " to ".join(f"{v:,.0f}" if float(v).is_integer() else f"{v:,.2f}" for v in numbers)
    published = edition["published"]
    if published == "unknown":
        published = (
            f"not stated ({edition['published_estimate']}: {edition['estimate_reason']})"
            if edition["published_estimate"]
            else "not stated"
        )
    rows = [
        ("What it says", content["text"] or f"{content['indicator']}: {figure} {content['unit'] or ''}"),
        ("Figure", f"{figure} {content['unit'] or ''}" if content["unit"] else None),
        (
            "For",
            ", ".join(
                v
                for v in (
                    content["place"],
                    content["period"],
                    content["statistic"],
                    f"percentile {content['percentile']}" if content["percentile"] else None,
                )
                if v and v != "unstated"
            ),
        ),
        ("Publisher", f"{source['publisher']} ({source['kind']})"),
        (
            "Title",
            edition["title"] if edition["version"] in edition["title"] else f"{edition['title']}, {edition['version']}",
        ),
        ("Where in it", content["locator"]),
        ("Published", published),
        ("Retrieved", edition["retrieved"]),
        ("Note", content["note"]),
        ("Why it ranks where it does", source["authority_reason"]),
        ("Licence", source["licence"]),
        *[
            ("Known error", f"printed “{c['published']}”; right is “{c['corrected']}”: {c['reason']}")
            for c in content["corrections"]
        ],
    ]
    body = "".join(f"<dt>{escape(name)}</dt><dd>{escape(str(value))}</dd>" for name, value in rows if value)
    link = escape(edition["url"], quote=True)
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>Evidence – Waymark</title></head><body><h1>Evidence</h1><dl>{body}</dl>"
        f'<p><a href="{link}" rel="noreferrer">Open the source</a></p></body></html>'
    )
