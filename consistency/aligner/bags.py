"""Bags: numbers that belong to owners, all in one array, so that what owners share is found without loops."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

if TYPE_CHECKING:
    from consistency.aligner.texts import Indices

_PAIRS = 1 << 14  # of owners that are looked at in one go


@attrs.frozen(eq=False)
class Bag:
    """Things of some owners: those of owner ``k`` are in the rows ``bounds[k:k + 2]``, in ascending order."""

    bounds: Indices
    things: Indices

    @classmethod
    def read(cls, owners: Any, things: Any, size: int) -> Bag:
        """Return the bag of ``size`` owners, each thing once an owner; ``owners`` has the owner of each thing.

        >>> Bag.read([0, 0, 2, 0], [7, 2, 5, 7], 3).things.tolist()
        [2, 7, 5]
        """
        import numpy as np

        owners, things = np.asarray(owners, np.intp), np.asarray(things, np.intp)
        step = 1 + int(things.max(initial=0))
        found = np.unique(owners * step + things)
        return cls(np.searchsorted(found, np.arange(size + 1) * step), found % step)

    @property
    def sizes(self) -> Indices:
        """How many things each owner has."""
        return self.bounds[1:] - self.bounds[:-1]

    def expand(self, owners: Indices) -> tuple[Indices, Indices]:
        """Return all rows of some owners, and the place in the list of the owner of each.

        >>> import numpy as np
        >>> Bag.read([0, 0, 1], [7, 2, 5], 2).expand(np.array([1, 0]))
        (array([2, 0, 1]), array([0, 1, 1]))
        """
        import numpy as np

        sizes = self.sizes[owners]
        places = np.repeat(np.arange(len(owners)), sizes)
        return np.arange(len(places)) - (np.cumsum(sizes) - sizes - self.bounds[owners])[places], places

    def cross(self, other: Bag, owners: Indices, others: Indices) -> tuple[Indices, Indices, Indices]:
        """Return for each two owners all pairs of their rows: the rows here, the rows there, the place in the list.

        >>> import numpy as np
        >>> here, there = Bag.read([0, 0], [7, 2], 1), Bag.read([0, 1, 1], [5, 1, 2], 2)
        >>> [found.tolist() for found in here.cross(there, np.array([0]), np.array([1]))]
        [[0, 0, 1, 1], [1, 2, 1, 2], [0, 0, 0, 0]]
        """
        rows, places = self.expand(owners)
        matches, again = other.expand(others[places])
        return rows[again], matches, places[again]

    def meet(self, other: Bag, owners: Indices, others: Indices) -> tuple[Indices, Indices, Indices]:
        """Return what pairs of owners share: the place of the pair, the row here and the row there of each thing.

        >>> import numpy as np
        >>> here, there = Bag.read([0, 0], [7, 2], 1), Bag.read([0, 1, 1], [5, 1, 2], 2)
        >>> [found.tolist() for found in here.meet(there, np.array([0, 0]), np.array([0, 1]))]
        [[1], [0], [2]]
        """
        import numpy as np

        step = 1 + max(int(self.things.max(initial=0)), int(other.things.max(initial=0)))
        keys = np.repeat(np.arange(len(other.sizes)), other.sizes) * step + other.things
        parts = [(np.zeros(0, np.intp),) * 3]
        for start in range(0, len(owners), _PAIRS):
            rows, places = self.expand(owners[start : start + _PAIRS])
            found = find_rows(keys, others[start + places] * step + self.things[rows])
            hit = found >= 0
            parts.append((start + places[hit], rows[hit], found[hit]))
        pairs, here, there = map(np.concatenate, zip(*parts, strict=True))
        return pairs, here, there


def find_rows(keys: Indices, wanted: Indices) -> Indices:
    """Return in which row of ascending keys each wanted one stands, -1 where it is none of them.

    >>> import numpy as np
    >>> find_rows(np.array([2, 5]), np.array([5, 3])).tolist()
    [1, -1]
    """
    import numpy as np

    if not len(keys):
        return np.full(len(wanted), -1)
    rows = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return np.where(keys[rows] == wanted, rows, -1)
