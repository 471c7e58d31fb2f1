"""Mends misspelt words with the names of the knowledge base in mind. Built on symspellpy's word list."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from importlib import resources

from symspellpy import SymSpell, Verbosity

from knowledge.shorthand import SHORTHAND
from knowledge.sounds import sound

WORDS = 40_000
_NO_CLIP = frozenset("statin checkin".split())
CLIPPED = "in"  # how "-ing" ends as it is spoken
MAX_DISTANCE = 2
LEAST_HEARD = 5  # letters of a name from which a word that sounds the same is it
_EXCLAIMED = re.compile(
    r"a?(?:h[aeio]){2,}h?|b?wa(?:ha)+|(?:he){2,}h?|l+o+l+s?|lmf?ao+|a+w+|w+o+w+|u+gh+|y+i+kes|whoa+|woah+|dang", re.I
)
DOMAIN_COUNT = 10**11  # above every English word's count: among equally near words the domain's wins


class Speller:
    """Knows English words and the given domain words; everything else is a candidate for mending."""

    def __init__(self, domain_words: Iterable[str], familiar: Iterable[str] = ()) -> None:
        self._symspell = SymSpell(max_dictionary_edit_distance=MAX_DISTANCE, prefix_length=7)
        listing = resources.files("symspellpy").joinpath("frequency_dictionary_en_82_765.txt")
        self._english: dict[str, int] = {}
        self._rare: set[str] = set()  # words that nothing is mended into, and that are no misspellings either
        with listing.open(encoding="utf-8-sig") as lines:
            for line in lines:
                listed, times = line.split()
                if len(self._english) < WORDS:
                    self._english[listed] = int(times)
                else:
                    self._rare.add(listed)
        self._domain = {word for word in domain_words if word.isalpha()}
        for used in familiar:  # what the training phrases use and the list lacks ("math")
            self._english.setdefault(used, 1_000_000)
        for word, count in self._english.items():
            self._symspell.create_dictionary_entry(word, count)
        for word in self._domain:
            self._symspell.create_dictionary_entry(word, DOMAIN_COUNT)
        self._heard: dict[str, list[str]] = {}
        for word in sorted(self._domain):
            if len(word) >= LEAST_HEARD:
                self._heard.setdefault(sound(word), []).append(word)
        self.mend = lru_cache(maxsize=20_000)(self._mend)

    def knows(self, word: str) -> bool:
        return word in self._english or word in self._domain

    def _mend(self, word: str) -> str:
        """The nearest known word, or `word` itself if it is known, short, no word, or nothing is near."""
        if word in SHORTHAND:
            return SHORTHAND[word]
        if len(word) < 4 or not word.isalpha() or self.knows(word) or word in self._rare:
            return word  # "rooming patients" is no misspelt roofing
        if _EXCLAIMED.fullmatch(word):
            return word  # "haha" is no home health aide
        if word.endswith(CLIPPED) and word not in _NO_CLIP and self._english.get(f"{word}g", 0) > 1_000_000:
            return f"{word}g"  # "payin", "growin"
        heard = sound(word)
        distance = 1 if len(word) < 6 else MAX_DISTANCE
        found = self._symspell.lookup(word, Verbosity.TOP, max_edit_distance=distance)
        # few misspell the first sound twice
        near = [f for f in found if f.distance < MAX_DISTANCE or sound(f.term)[0] == heard[0]]
        alike = self._heard.get(heard, ())
        if len(alike) == 1 and not (near and (near[0].distance < MAX_DISTANCE or near[0].term in self._domain)):
            return alike[0]  # "farmasy" is no fantasy
        if near and (near[0].term in self._domain or near[0].count > 1_000_000):
            return str(near[0].term)
        if len(word) >= 12:
            parts = self._symspell.word_segmentation(word, max_edit_distance=0).corrected_string
            if all(len(part) > 2 and self.knows(part) for part in parts.split()):
                return str(parts)
        return word
