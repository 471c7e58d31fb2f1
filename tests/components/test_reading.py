"""What a message names, by the real names: typos, abbreviations, ambiguous cities, several things at once."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from components.parts import asking
from components.reading import MAX_CHARACTERS, Reader, Reading
from components.told import leans_on, named_in

RECORDS, NURSE, ASSISTANT, TRANSCRIPTIONIST, PHARMACY = (
    "medical-records-technician",
    "registered-nurse",
    "medical-assistant",
    "medical-transcriptionist",
    "pharmacy-technician",
)
NAMES = ("occupation", "credential", "place", "foreign", "employer_type", "school")


def found(reading: Reading, *kinds: str) -> list[str]:
    """The values of a reading, in order, each once."""
    return list(dict.fromkeys(m.value for m in reading.mentions if m.kind in (kinds or NAMES)))


@pytest.mark.parametrize(
    ("message", "values"),
    [
        # occupations, by all their names and spellings
        ("What does a medical records technician do?", [RECORDS]),
        ("medical coder", [RECORDS]),
        ("how do I become a Medical Biller", [RECORDS]),
        ("registered nurses", [NURSE]),
        ("what do RNs do", [NURSE]),
        ("is transcription dying", [TRANSCRIPTIONIST]),
        ("pharm tech", [PHARMACY]),
        ("what does a phlebotomist do", ["phlebotomists"]),
        ("truck driver", ["heavy-and-tractor-trailer-truck-drivers"]),
        ("how much does a home health aide make", ["home-health-and-personal-care-aides"]),
        ("what do MAs do all day", [ASSISTANT]),
        # a college is no town in Alaska
        ("do people work while in college", []),
        ("does my Community College teach medical coding", ["schools", RECORDS]),
        # typos
        ("medicl records technicain", [RECORDS]),
        ("Medcal Asistant", [ASSISTANT]),
        ("regstered nurse", [NURSE]),
        ("pharmasy technician in Texs", [PHARMACY, "US-TX"]),
        ("jobs in Califronia", ["US-CA"]),
        # words run together
        ("medicalcoder", [RECORDS]),
        ("registerednurse pay in texas", [NURSE, "US-TX"]),
        ("medicalrecordstechnician", [RECORDS]),
        # capitals
        ("WHAT DO REGISTERED NURSES EARN IN INDIANA", [NURSE, "US-IN"]),
        ("MEDICAL ASSISTANT OR PHARMACY TECH", [ASSISTANT, PHARMACY]),
        # credentials
        ("what is the RHIT", ["rhit"]),
        ("rhit or rhia?", ["rhit", "rhia"]),
        ("CCS-P exam", ["ccs-p"]),
        ("registered health information technician credential", ["rhit"]),
        ("certified professional coder", ["cpc"]),
        ("cca vs ccs vs cpc", ["cca", "ccs", "cpc"]),
        # several occupations
        ("nurse vs medical assistant", [NURSE, ASSISTANT]),
        ("difference between medical transcriptionists and medical coders", [TRANSCRIPTIONIST, RECORDS]),
        # places
        ("pay in New Jersey", ["US-NJ"]),
        ("new york", ["US-NY"]),
        ("new york city", ["M35620"]),
        ("nyc", ["M35620"]),
        ("washington dc", ["US-DC"]),
        ("kansas city", ["M28140"]),
        ("Saint Louis", ["M41180"]),
        ("st louis", ["M41180"]),
        ("west virginia", ["US-WV"]),
        ("silicon valley", ["M41940"]),
        ("NJ or NY", ["US-NJ", "US-NY"]),
        ("pay in tx", ["US-TX"]),
        # foreign places
        ("salary in London", ["the United Kingdom"]),
        ("can I work in Toronto", ["Canada"]),
        ("what is that in euros", ["Europe"]),
        ("wages in pounds", ["the United Kingdom"]),
        ("do they lift 60 or 80, in pounds", []),  # no money
        # employers
        ("what does the VA pay nurses", ["federal-government", NURSE]),
        ("nurse in a doctor's office", [NURSE, "physician-offices"]),
        ("nurse at a university", [NURSE, "universities"]),
        ("nurse jobs with the school district", [NURSE, "elementary-schools"]),
        ("coder for a staffing agency", [RECORDS, "staffing-agencies"]),
        ("nurse: years of school", [NURSE]),
        ("is coding school hard", []),
        ("a school nurse in the fall", ["schools", NURSE]),
        ("after nursing school nurses start where", [NURSE]),
        ("a hospital pharmacy tech", ["hospitals", PHARMACY]),
        # places in everyday words
        ("electrician in the Quad Cities", ["electricians", "M19340"]),
        ("MA school", [ASSISTANT]),
        ("experience in billing in Montana", ["US-MT"]),
        ("HR manager", ["human-resources-managers"]),
        ("jobs in Louisville", ["M31140"]),
        ("pay in hospitals", ["hospitals"]),
        ("do insurance companies hire coders", ["insurance", RECORDS]),
        ("what would Riverbend Hospital give a nurse", [NURSE]),  # of one by its name no source tells
        # schools
        ("does Herzing offer it online", ["herzing"]),
        # nothing
        ("hello", []),
        ("what is the weather", []),
        ("thanks!", []),
        ("how do i get started", []),
    ],
)
def test_what_a_message_names(reader: Reader, message: str, values: list[str]) -> None:
    assert found(reader.read(message)) == values


@pytest.mark.parametrize(
    ("message", "places"),
    [
        ("pay in IN", ["US-IN"]),
        ("pay in in", []),
        ("in hospitals", []),
        ("salary IN texas", ["US-TX"]),
        ("is it a job I can do in it", []),
        ("jobs in OR", ["US-OR"]),
        ("portland or", ["M38900"]),
        ("Portland, OR", ["M38900"]),
        ("rhit or rhia", []),
        ("should i be a nurse or a coder", []),
        ("coder OR nurse", []),
        ("work in ME", ["US-ME"]),
        ("tell me", []),
        ("do i need it in me", []),
        ("portland, me", ["M38860"]),
        ("pay me in cash", []),
        ("hi", []),
        ("Hi there", []),
        ("pay in HI", ["US-HI"]),
        ("oh ok", []),
        ("ok thanks", []),
        ("ok, what about ohio", ["US-OH"]),
        ("pay in ok", ["US-OK"]),
        ("tulsa ok", ["M46140"]),
        ("is it ok", []),
        ("reading pa", ["M39740"]),
        ("I like reading", []),
        ("I live in Reading, PA", ["M39740"]),
        ("mobile", []),
        ("pay in mobile", ["M33660"]),
        ("is medical billing hard", []),
        ("is there rapid growth", []),
        ("chicago", ["M16980"]),
        ("houston nurse salary", ["M26420"]),
        ("Boston", ["M14460"]),
        ("what about seattle?", ["M42660"]),
        ("CO or UT", ["US-CO", "US-UT"]),
        ("i can't afford it", []),
        ("I can’t quit my job", []),
        ("jobs in MT", ["US-MT"]),
        ("becoming an MT", []),
    ],
)
def test_a_word_is_a_state_or_city_only_where_it_can_be(reader: Reader, message: str, places: list[str]) -> None:
    assert found(reader.read(message), "place") == places


@pytest.mark.parametrize(
    ("message", "best", "rivals"),
    [
        ("jobs in Springfield", "M44180", {"M44140", "M44100"}),
        ("springfield il", "M44100", set()),
        ("Springfield, Missouri", "M44180", set()),
        ("portland", "M38900", set()),
        ("Columbus", "M18140", set()),
        ("Columbus, GA", "M17980", set()),
        ("washington", "US-WA", set()),
        ("georgia", "US-GA", set()),
    ],
)
def test_an_ambiguous_city_has_its_rivals_and_a_plain_one_none(
    reader: Reader, message: str, best: str, rivals: set[str]
) -> None:
    (place,) = [m for m in reader.read(message).mentions if m.kind == "place"]
    assert place.value == best
    assert rivals <= set(place.candidates)
    assert bool(place.candidates) is bool(rivals)
    assert not place.candidates or place.candidates[0] == best


@pytest.mark.parametrize(
    ("message", "occupations"),
    [
        ("becoming an MT", ["medical-transcriptionist"]),
        ("do MTs work from home", ["medical-transcriptionist"]),
        ("associate degree in HIT", ["health-information-technician"]),
        ("I hit a wall", []),
        ("HIT ME WITH IT", []),
    ],
)
def test_initials_are_a_name_only_in_capitals(reader: Reader, message: str, occupations: list[str]) -> None:
    assert found(reader.read(message), "occupation") == occupations


@pytest.mark.parametrize("message", ["technician", "what does a tech earn"])
def test_a_word_for_several_occupations_is_ambiguous(reader: Reader, message: str) -> None:
    (occupation,) = [m for m in reader.read(message).mentions if m.kind == "occupation"]
    assert {RECORDS, PHARMACY} <= set(occupation.candidates)


@pytest.mark.parametrize(
    ("message", "mentions"),
    [
        ("registerednurse pay in Texas 2019", {"registerednurse": NURSE, "Texas": "US-TX", "2019": "2019"}),
        (
            "pay of a medicalrecordstechnician per hour in Ohio",
            {"medicalrecordstechnician": RECORDS, "per hour": "hour", "Ohio": "US-OH"},
        ),
        (
            "Medicl Records Technicain salary in NJ",
            {"Medicl Records Technicain": RECORDS, "salary": "year", "NJ": "US-NJ"},
        ),
        ("😀 nurses 😀 in Texas 😀", {"nurses": NURSE, "Texas": "US-TX"}),
        ("’nurse’ in “Ohio”", {"nurse": NURSE, "Ohio": "US-OH"}),
        ("nurse\n\n\tin   Ohio", {"nurse": NURSE, "Ohio": "US-OH"}),
        ("an associate’s degree", {"associate’s degree": "associate"}),
    ],
)
def test_a_mention_stands_where_the_message_says_it(reader: Reader, message: str, mentions: dict[str, str]) -> None:
    reading = reader.read(message)
    assert reading.text == message
    for mention in reading.mentions:
        assert reading.text[mention.start : mention.end] == mention.text
    assert mentions.items() <= {m.text: m.value for m in reading.mentions if m.kind != "cue"}.items()


def test_mentions_come_in_the_order_of_the_message(reader: Reader) -> None:
    reading = reader.read("Compare nurse and medicalassistant pay per hour in Texas and Ohio with an RHIT")
    starts = [mention.start for mention in reading.mentions]
    assert starts == sorted(starts) and len(starts) >= 6


@pytest.mark.parametrize(
    ("message", "cue"),
    [
        ("How long does it take?", "length"),
        ("can I study online", "online"),
        ("part-time", "part-time-study"),
        ("which states pay the most", "best-places"),
        ("how do I renew it", "renewal"),
        ("what does the exam cost", "exam-fee"),
        ("do I have to work weekends", "hours"),
        ("can i work from home", "remote"),
    ],
)
def test_cues_are_found(reader: Reader, message: str, cue: str) -> None:
    assert cue in found(reader.read(message), "cue")


def test_a_word_of_a_figure_is_no_cue(reader: Reader) -> None:
    assert found(reader.read("22 an hour, is that real"), "cue") == []
    assert "hours" in found(reader.read("how many hours a week"), "cue")
    assert "growth" not in found(reader.read("what do the top ten percent make"), "cue")


def test_hiring_managers_are_no_managers(reader: Reader) -> None:
    assert found(reader.read("what do hiring managers look for"), "occupation") == []


def test_words_inside_a_name_are_no_cue(reader: Reader) -> None:
    assert "cities" not in found(reader.read("pay in New York City"), "cue")
    assert "cities" in found(reader.read("which city pays best"), "cue")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("How much do nurses make in Ohio?", "How much do medical coders make in New Jersey?"),
        ("Is the RHIT worth it?", "Is the CPC worth it?"),
    ],
)
def test_the_plain_text_is_the_same_whatever_is_named(reader: Reader, one: str, other: str) -> None:
    assert reader.read(one).plain == reader.read(other).plain


def test_typos_are_mended_for_the_classifier(reader: Reader) -> None:
    assert reader.read("wat is the avrage salry of a nurse").mended == "what is the average salary of a nurse"


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("do coders gotta travel", "do coders have to travel"),
        ("whats it like, i dont wanna lift", "what's it like, i don't want to lift"),
        ("im not sure ill like it, cant i sit", "i'm not sure ill like it, can't i sit"),
        ("wher do dey train u", "where do they train you"),
    ],
)
def test_what_is_typed_fast_is_written_out(reader: Reader, typed: str, written: str) -> None:
    assert reader.read(typed).mended == written


def test_writing_out_moves_no_name(reader: Reader) -> None:
    text = "whats a medical coder gotta know in Ohio"
    named = {(m.kind, text[m.start : m.end]) for m in reader.read(text).mentions if m.kind != "cue"}
    assert named == {("occupation", "medical coder"), ("place", "Ohio")}


@pytest.mark.parametrize(
    "message",
    ["", " ", "\n\t ", "?", "...", "😀", "👩🏽‍⚕️👩🏽‍⚕️", "\u200b\u202e", "12345", "%s %d {x} <b>", "'; DROP TABLE x; --"],
)
def test_a_message_without_words_names_nothing(reader: Reader, message: str) -> None:
    reading = reader.read(message)
    assert reading.text == message
    assert found(reading) == []


@pytest.mark.parametrize(
    ("message", "values"),
    [
        ("cna i do coding at 60", []),
        ("cna pay", ["nursing-assistants"]),
        ("is a cna paid less", ["nursing-assistants"]),
    ],
)
def test_a_name_that_is_a_mistyped_word_of_a_question_is_none(
    reader: Reader, message: str, values: list[str]
) -> None:
    assert [m.value for m in reader.read(message).mentions if m.value == "nursing-assistants"] == values


def test_only_the_first_thousand_characters_are_read(reader: Reader) -> None:
    message = "nurse " + "x " * 600 + "texas"
    reading = reader.read(message)
    assert len(message) > MAX_CHARACTERS and reading.text == message[:MAX_CHARACTERS]
    assert found(reading) == [NURSE]
    assert found(reader.read("a" * 5000 + " nurse")) == []
    assert found(reader.read("nurse in texas " * 400)) == [NURSE, "US-TX"]


WORDS = st.sampled_from(
    [
        "nurse",
        "medicalcoder",
        "registerednurse",
        "RHIT",
        "ccs-p",
        "in",
        "IN",
        "or",
        "OR",
        "me",
        "portland",
        "new york",
        "Saint Louis,",
        "mo",
        "top 10%",
        "90th percentile",
        "per hour",
        "2019",
        "bachelor’s degree",
        "😀",
        "İstanbul",
        "ﬁnance",
        "ß",
        "technicain",
        "how long",
        "healthinformationtechnician",
        "D.C.",
        "don't",
        "$50,000",
        "ᾳ",
        "\u0130nformationtechnician",
    ]
)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    text=st.one_of(st.text(max_size=200), st.lists(st.one_of(WORDS, st.text(max_size=15)), max_size=20).map(" ".join))
)
def test_any_text_can_be_read_and_mentions_lie_inside_it(reader: Reader, text: str) -> None:
    reading = reader.read(text)
    assert reading.text == text
    for mention in reading.mentions:
        assert 0 <= mention.start < mention.end <= len(text)
        assert text[mention.start : mention.end] == mention.text
        assert mention.value and (not mention.candidates or mention.value in mention.candidates)
    assert reader.read(text) == reading


@pytest.mark.parametrize(
    ("message", "values"),
    [
        # the names that the question has itself are meant, not those of the story
        ("we are leaving Fresno for Reno. what do nurses make in Reno", [NURSE, "M39900"]),
        ("plumber, 40, bad knees. medical assistant or coder, which pays more", [ASSISTANT, RECORDS]),
        ("CO at a prison in Michigan. what do nurses make in Ohio", [NURSE, "US-OH"]),
        ("patrons ask me about Herzing and DeVry. what does DeVry offer for coders", ["devry", RECORDS]),
        ("already have my CCA. how many years before the CCS", ["ccs"]),
        # one without a subject is about what the story named last, not about the job that somebody has
        ("florist, tired of it, cousin is a medical assistant, how would I become one", [ASSISTANT]),
        ("plumber, bad knees, heard about medical coding, how long is the school", [RECORDS]),
        ("welder here, it's nurse or medical assistant for me now, which one pays more", [NURSE, ASSISTANT]),
        # unless the question names nothing of the kind, weighs it, or leaves open what it means
        ("I live in Ohio. what do nurses make here", ["US-OH", NURSE]),
        ("I am a nurse. would a coder make more", [NURSE, RECORDS]),
        ("torn between nurse and coder. what does each pay", [NURSE, RECORDS]),
    ],
)
def test_the_names_of_a_story_beside_the_question(message: str, values: list[str], reader: Reader) -> None:
    question = asking(message)
    assert question is not None
    reading = reader.read(message)
    left = named_in(reading, question, leans_on(reading, question))
    assert found(left) == values


@pytest.mark.parametrize(
    ("message", "places"),
    [
        ("OK, back to nurses", []),
        ("OK so what do nurses earn", []),
        ("Hi, what do nurses earn", []),
        ("CO at a state prison here", []),
        ("nurse pay in OK", ["US-OK"]),
        # the words are no states where they read as words, in capitals or after a place
        ("would that be OK with a GED", []),
        ("is it OK if I never studied", []),
        ("pay in Ohio in 2024", ["US-OH"]),
        ("some small town, in general", []),
        ("OK nurse pay", ["US-OK"]),
        ("CO nurse pay", ["US-CO"]),
        ("Denver, CO", ["M19740"]),
    ],
)
def test_words_that_open_a_sentence_are_no_states(message: str, places: list[str], reader: Reader) -> None:
    assert found(reader.read(message), "place")[:1] == places


@pytest.mark.parametrize(
    ("message", "employer"),
    [
        ("medical assistant wage at an eye doctor", "optometrists"),
        ("receptionist pay at the dentist", "dentist-offices"),
        ("records job at a chiro", "chiropractors"),
        ("coding for a lawyer", "law-firms"),
        ("assistant working for a pediatrician", "physician-offices"),
    ],
)
def test_whose_office_one_works_at_is_an_employer(reader: Reader, message: str, employer: str) -> None:
    assert employer in found(reader.read(message), "employer_type")


@pytest.mark.parametrize(
    ("message", "occupation"),
    [("pay for a dentist", "dentists-general"), ("what do optometrists earn", "optometrists")],
)
def test_who_has_the_office_is_an_occupation_elsewhere(reader: Reader, message: str, occupation: str) -> None:
    assert found(reader.read(message), "occupation", "employer_type") == [occupation]


@pytest.mark.parametrize(
    ("message", "place"),
    [
        ("pay in the UP", "M2600001"),
        ("nurses in the hill country", "M4800004"),
        ("wages in west tennessee", "M4700001"),
        ("wages in western TN", "M4700001"),
        ("the oregon coast", "M4100006"),
        ("northern part of vermont", "M5000002"),
        ("south florida", "M33100"),  # which people call Miami
        ("western washington", "US-WA"),  # Seattle is no rural area
        ("an up-to-date figure", None),
    ],
)
def test_a_region_is_the_rural_area_named_after_it(reader: Reader, message: str, place: str | None) -> None:
    assert found(reader.read(message), "place")[:1] == ([place] if place else [])


@pytest.mark.parametrize(
    "message",
    [
        "navy vet here, does the gi bill pay for coding school",
        "what is a principal diagnosis",
        "is there an accounting class",
        "I'm a career changer",
        "is it just data entry",
        "should i talk to a career counselor",
        "coding auditor",
        "top performers get more?",
        "what is the business model",
    ],
)
def test_a_name_in_another_sense_is_no_occupation_of_the_statistics(reader: Reader, message: str) -> None:
    assert found(reader.read(message), "occupation") in ([], [RECORDS])


@pytest.mark.parametrize(
    ("message", "occupations"),
    [
        ("less training for MT or for medical assistant", [TRANSCRIPTIONIST, ASSISTANT]),
        ("coder vs MT", [RECORDS, TRANSCRIPTIONIST]),
        ("coder pay in MT", [RECORDS]),
    ],
)
def test_initials_beside_an_occupation_are_one(reader: Reader, message: str, occupations: list[str]) -> None:
    assert found(reader.read(message), "occupation") == occupations


@pytest.mark.parametrize(
    ("message", "employers"),
    [
        ("techs at a walgreens or cvs kinda place", ["pharmacies"]),
        ("somewhere like kroger", ["grocery-stores"]),
        ("a cvs-type store", ["pharmacies"]),
        ("what does walgreens pay", []),
        ("I work at target", []),
        ("more at a hospital than at like a family doctor", ["hospitals", "physician-offices"]),
    ],
)
def test_an_employers_name_stands_for_its_kind_where_the_words_say_so(
    reader: Reader, message: str, employers: list[str]
) -> None:
    assert list(dict.fromkeys(found(reader.read(message), "employer_type"))) == employers


@pytest.mark.parametrize(
    ("message", "strict"),
    [("tips aside, what do barbers make", False), ("not counting tips", False), ("how much are the tips", True)],
)
def test_what_is_set_aside_is_not_asked_about(reader: Reader, message: str, strict: bool) -> None:
    assert ("tips-overtime" in found(reader.read(message), "cue")) is strict


def test_the_state_is_not_the_states(reader: Reader) -> None:
    assert found(reader.read("what do the best paid ones in the state get"), "place") == []
    assert found(reader.read("what do they make in the states"), "place") == ["US"]


@pytest.mark.parametrize(
    ("message", "occupation"),
    [
        ("what does an 18 wheeler driver make", "heavy-and-tractor-trailer-truck-drivers"),
        ("crna pay", "nurse-anesthetists"),
        ("a shift manager's wage", "first-line-supervisors-of-food-preparation-and-serving-workers"),
        ("admin assistant", "secretaries-and-administrative-assistants-except-legal-medical-and-executive"),
    ],
)
def test_occupations_by_what_people_call_them(reader: Reader, message: str, occupation: str) -> None:
    assert found(reader.read(message), "occupation") == [occupation]


@pytest.mark.parametrize(
    ("message", "read"),
    [
        ("my math is bad lol can i still do it", "my math is bad can i still do it"),
        ("how many months was that again?", "how many months was that?"),
        ("how do i take the exam again", "how do i take the exam again"),
        ("lol ok", "lol ok"),
    ],
)
def test_a_laugh_is_no_part_of_a_question(reader: Reader, message: str, read: str) -> None:
    assert reader.read(message).mended == read
    assert reader.read(message).text == message


def test_where_a_job_is_done_is_named_by_the_first_word_of_its_name(reader: Reader) -> None:
    assert found(reader.read("wage of a hospital coder")) == ["hospitals", RECORDS]
    assert found(reader.read("wage of a pharmacy tech"), "employer_type") == []


def test_codes_and_initials_name_occupations(reader: Reader) -> None:
    assert found(reader.read("pay of 29-2052 in Maine")) == [PHARMACY, "US-ME"]
    assert found(reader.read("is HIM work lonely"), "occupation") == [RECORDS]
    assert found(reader.read("does a nurse talk to him"), "occupation") == [NURSE]
    assert [m.value for m in reader.read("openings for 29-2072").mentions if m.kind == "period"] == []


def test_a_place_and_a_year_are_no_second_state(reader: Reader) -> None:
    assert found(reader.read("coder wages in Texas in 2024"), "place") == ["US-TX"]
    assert found(reader.read("nurses in Dallas, or in Houston"), "place") == ["M19100", "M26420"]


@pytest.mark.parametrize(
    ("message", "values"),
    [
        ("how much is a PA paid", ["physician-assistants"]),
        ("nurse or PA, who earns more", [NURSE, "physician-assistants"]),
        ("do PTs earn a lot", ["physical-therapists"]),
        ("wages of nps", ["nurse-practitioners"]),
        ("coders in PA", [RECORDS, "US-PA"]),
        ("is there a PT job as a coder", [RECORDS]),
        ("does OT count for nurses", [NURSE]),
        # a name that ends another, or that an employer completes
        ("what does a clinical nurse specialist study", [NURSE]),
        ("is a tech at a pharmacy paid well", [PHARMACY, "pharmacies"]),
        # what only describes
        ("we have a vo tech nearby", []),
        ("I live on caregiver benefits", []),
    ],
)
def test_letters_and_names_that_only_describe(reader: Reader, message: str, values: list[str]) -> None:
    assert found(reader.read(message)) == values
