"""The credential one level above or below the one talked of."""

from __future__ import annotations

import pytest

from actions.context import Context
from actions.service import Service
from actions.turn import Turn

CODER = "medical-records-technician"


@pytest.mark.parametrize(
    ("now", "text", "meant"),
    [
        ("rhit", "which is the next tier", "rhia"),
        ("rhit", "is there one above that?", "rhia"),
        ("rhia", "and the level below it", "rhit"),
        ("cca", "would there be a higher level", "ccs"),
        ("ccs", "what about one level down", "cca"),
        ("ccs", "is there one above that?", None),  # of none do sources say so
        ("cpc", "which is the next tier", None),
        ("cca", "what is the next step", None),  # which may be to apply
        ("rhit", "is that one hard", None),
        ("rhit", "could I be hired and do the cert after?", None),
    ],
)
def test_a_rung_is_what_sources_say_of_the_levels(service: Service, now: str, text: str, meant: str | None) -> None:
    context = Context(topic="certification", occupation=CODER, credential=now)
    turn = service.reading.meant(context, Turn("ask_advancement", text))
    said = [m.value for m in turn.mentions if m.kind == "credential" and not m.implied]
    assert said == ([meant] if meant else [])
    assert (turn.intent == "ask_certification") == bool(meant)


def test_a_job_has_rungs_of_its_own(service: Service) -> None:
    context = Context(topic="advancement", occupation=CODER, credential="rhit")
    turn = service.reading.meant(context, Turn("ask_advancement", "which is the next tier"))
    assert turn.values("credential") == ()
