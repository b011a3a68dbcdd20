"""Grouping: links between articles become events, and events that are one story over weeks become threads.

A link says how sure it is that two articles tell one event. Groups are joined through their surest link (single link: a
member comes in through its best friend), as long as all candidates between them are sure enough on average: one false
link does not join two crowds of routine reports. ``search.py`` does the same over a corpus that is not in memory.
"""

from __future__ import annotations

import itertools
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import attrs

from consistency.corpus import events
from consistency.corpus.events import Blocking
from consistency.language import ENGLISH, Language, load
from consistency.model import Article
from consistency.overlap import TWINS, Signs, find_signs, load_odds, measure, tell_twins
from consistency.reading import ArticleLike, adopt_all

_BY_DAYS = (2.0, 0.5, -1.0, -4.0)  # what 0, 1, 2 and more days between two articles add to the log-odds of one event
_LEAST, _MOST = 1e-4, 0.88  # bounds of that: a later stage is as surely of one story as a second report of one event
_OF_TWINS = 0.1  # how sure it is at most that twins tell one event, or one story


@attrs.frozen
class Link:
    """Two articles (or groups), the cosine of their terms, and how sure it is that they are one event, or one story."""

    left: int
    right: int
    similarity: float
    event: float
    story: float


def tell_event(overlap: float, left: int | None, right: int | None, window: int) -> float:
    """Return how sure it is that two articles of two days tell one event, from how sure it is that they tell one story.

    Articles of one day rather tell one event, later ones rather a later stage, however sure the story is; beyond the
    window they tell another event.

    >>> [round(tell_event(0.5, day, 10, 7), 2) for day in (10, None, 7, 1)]
    [0.88, 0.5, 0.02, 0.0]
    """
    if not events.can_meet(left, right, window):
        return 0.0
    if left is None or right is None:
        return overlap
    known = min(max(overlap, _LEAST), _MOST)
    odds = math.log(known / (1 - known)) + _BY_DAYS[min(abs(left - right), len(_BY_DAYS) - 1)]
    return 1 / (1 + math.exp(-odds))


def judge(left: Signs, right: Signs, window: int) -> tuple[float, float]:
    """Return how sure it is that two articles tell one event, and that they tell one story, from their signs.

    >>> tarn, orlo = (find_signs(Article(f"The weather in {town}: rain and some wind.")) for town in ("Tarn", "Orlo"))
    >>> event, story = judge(tarn, orlo, 7)
    >>> event <= 0.1, judge(tarn, tarn, 7)[0] > 0.9
    (True, True)
    """
    signals = measure(left, right)
    overlap = load_odds().tell(signals)
    most = _OF_TWINS if tell_twins(signals) >= TWINS else 1.0
    return min(most, tell_event(overlap, left.day, right.day, window)), min(most, overlap)


def raise_nearest(
    event: float,
    similarity: float,
    left_best: float,
    right_best: float,
    blocking: Blocking = Blocking(),  # noqa: B008
) -> float:
    """Return how sure an event is, raised to `Blocking.sure` where two articles are about the nearest to each other.

    >>> raise_nearest(0.3, 0.2, 0.2, 0.2), raise_nearest(0.3, 0.2, 0.2, 0.9), raise_nearest(0.05, 0.2, 0.2, 0.2)
    (0.5, 0.3, 0.05)
    """
    near = similarity >= max(blocking.similarity, blocking.nearest * max(left_best, right_best))
    return max(event, blocking.sure) if near and event >= blocking.likely else event


def part(links: Iterable[tuple[int, int, float]], sure: float, together: float) -> dict[int, int]:
    """Return the group of each member of a link, its least member.

    Args:
        links: two members and how sure it is that they belong together; two may be linked more than once.
        sure: from which a link joins two groups.
        together: what all links between the two have on average at least.

    >>> part([(1, 2, 0.9), (2, 3, 0.8), (1, 3, 0.1)], sure=0.5, together=0.3)
    {1: 1, 2: 1, 3: 1}
    >>> part([(1, 2, 0.9), (2, 3, 0.8), (1, 3, 0.1)], sure=0.5, together=0.5)
    {1: 1, 2: 1, 3: 3}
    """
    ordered = sorted(links, key=lambda link: (-link[2], link[:2]))
    sums: dict[int, dict[int, tuple[float, int]]] = defaultdict(dict)  # of the links from group to group, and how many
    for left, right, value in ordered:
        total, count = sums[left].get(right, (0.0, 0))
        sums[left][right] = sums[right][left] = (total + value, count + 1)
    members = {member: [member] for member in sums}
    group = {member: member for member in sums}
    for left, right, value in ordered:
        one, other = group[left], group[right]
        if value < sure:
            break
        if one == other or sums[one][other][0] < together * sums[one][other][1]:
            continue
        if len(sums[one]) < len(sums[other]):  # what has fewer neighbours is moved
            one, other = other, one
        for member in members[other]:
            group[member] = one
        members[one] += members.pop(other)
        for near, (total, count) in sums.pop(other).items():
            del sums[near][other]
            if near != one:
                before, number = sums[one].get(near, (0.0, 0))
                sums[one][near] = sums[near][one] = (before + total, number + count)
    least = {name: min(own) for name, own in members.items()}
    return {member: least[name] for member, name in sorted(group.items())}


def group_articles(
    articles: Iterable[ArticleLike],
    blocking: Blocking = Blocking(),  # noqa: B008
    language: str | Language = ENGLISH,
) -> tuple[tuple[Article, ...], ...]:
    """Return articles by what they tell: by event, or by thread where `Blocking.by` says so.

    All are in memory at once; `compare_corpus` does the same to corpora of any size. Each group, also of one, is in the
    order of the articles, and so are the groups. ``language`` is what they are written in, as `Comparer` takes it.
    An article may be a text or a path, as `compare` takes it.

    >>> dam = Article("The dam of Orlo broke on Friday. Two farmers of Varda drowned.", name="dam")
    >>> rate = Article("The bank of Kelm cut its rate to 3.5 percent. Lenders in Tarn were glad.", name="rate")
    >>> flood = Article("Two farmers drowned in Varda when the Orlo dam broke on Friday.", name="flood")
    >>> [[article.name for article in group] for group in group_articles([dam, rate, flood])]
    [['dam', 'flood'], ['rate']]
    """
    told = adopt_all(articles)
    groups: dict[int, list[Article]] = {}
    labels = label(list(link(told, blocking, load(language))), len(told), blocking)
    for number, article in enumerate(told):
        groups.setdefault(labels[number], []).append(article)
    return tuple(map(tuple, groups.values()))


def label(links: Sequence[Link], count: int, blocking: Blocking) -> list[int]:
    """Return the group of each of so many articles."""
    best: dict[int, float] = defaultdict(float)
    for each in links:
        for number in (each.left, each.right) if each.event else ():
            best[number] = max(best[number], each.similarity)
    raised = (
        (one.left, one.right, raise_nearest(one.event, one.similarity, best[one.left], best[one.right], blocking))
        for one in links
        if one.event
    )
    event = part(raised, blocking.sure, blocking.together)
    labels = [event.get(number, number) for number in range(count)]
    if blocking.by == "event":
        return labels
    stories = ((labels[each.left], labels[each.right], each.story) for each in links)
    thread = part((each for each in stories if each[0] != each[1]), blocking.sure, blocking.together)
    return [thread.get(number, number) for number in labels]


def link(articles: Sequence[Article], blocking: Blocking, language: Language = ENGLISH) -> Iterator[Link]:
    """Yield the links of all candidates among articles."""
    signs = [find_signs(article, language) for article in articles]
    frequencies = Counter(term for each in signs for term in each.terms)
    vectors = [events.weigh(each, frequencies, len(signs)) for each in signs]
    days = [each.day for each in signs]
    for left, right in sorted(_find_candidates(articles, vectors, days, frequencies, blocking)):
        similarity = events.measure_similarity(vectors[left], vectors[right])
        yield Link(left, right, similarity, *judge(signs[left], signs[right], blocking.window))


def _find_candidates(
    articles: Sequence[Article],
    vectors: Sequence[Mapping[int, float]],
    days: Sequence[int | None],
    frequencies: Mapping[int, int],
    blocking: Blocking,
) -> set[tuple[int, int]]:
    blocks: dict[int, list[tuple[int, int]]] = defaultdict(list)
    copies: dict[int, list[int]] = defaultdict(list)
    for number, (article, vector) in enumerate(zip(articles, vectors, strict=True)):
        for key, term in events.find_keys(vector, frequencies, days[number], blocking):
            blocks[key].append((number, term))
        for band in events.find_bands(article):
            copies[band].append(number)
    shared: dict[tuple[int, int], set[int]] = defaultdict(set)
    for block in blocks.values():
        if len(block) <= blocking.most:
            for (left, term), (right, _) in itertools.combinations(block, 2):
                shared[left, right].add(term)
    met = {pair for pair, terms in shared.items() if len(terms) >= blocking.shared}
    met.update(pair for chain in copies.values() for pair in itertools.pairwise(chain))
    return {(left, right) for left, right in met if events.can_meet(days[left], days[right], blocking.reach)}
