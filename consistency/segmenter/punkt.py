"""Punkt of NLTK (Kiss & Strunk 2006), imported late and without the rest of NLTK.

``import nltk`` runs all of its packages, and with them scipy and scikit-learn where these are installed: half a second
to two, for one module that needs 90 ms.
"""

from __future__ import annotations

import functools
import importlib
import importlib.util
import sys
import threading
from collections import Counter
from types import ModuleType
from typing import Any

from consistency.language import Language
from consistency.segmenter.words import SentenceWords

_PACKAGES = ("nltk", "nltk.tokenize")  # whose __init__ imports the rest
_LOCK = threading.Lock()


@functools.cache
def build_punkt(language: Language) -> Any:
    """Return NLTK's tokenizer with the abbreviations and sentence starters of a language: nothing is downloaded.

    >>> from consistency.language import ENGLISH
    >>> punkt = build_punkt(ENGLISH)
    >>> [punkt.text_contains_sentbreak(words) for words in ("Rain fell. He", "near St. Olaf")]
    [True, False]
    """
    punkt = _import_punkt()
    words = SentenceWords.read(language)
    parameters = punkt.PunktParameters()
    parameters.abbrev_types = set(words.plain | words.titles | words.hours)
    parameters.sent_starters = set(words.starters)
    parameters.ortho_context = Counter()  # the default remembers every word that it is asked for
    return punkt.PunktSentenceTokenizer(parameters)


def _import_punkt() -> ModuleType:
    """Return the module; who imports NLTK later finds it untouched."""
    name = "nltk.tokenize.punkt"
    with _LOCK:
        if "nltk" in sys.modules:
            return importlib.import_module(name)
        try:
            for package in _PACKAGES:  # known to Python, but not run
                spec = importlib.util.find_spec(package)
                assert spec is not None
                sys.modules[package] = importlib.util.module_from_spec(spec)
            return importlib.import_module(name)
        finally:
            for each in [each for each in sys.modules if each.partition(".")[0] == "nltk"]:
                del sys.modules[each]
