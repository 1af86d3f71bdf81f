"""In which order kinds stand in a document that is read from its top: each after all it refers to."""

from mentorlog.domain.kinds import KIND_NAMES
from mentorlog.domain.record import shapes


def reading_order() -> tuple[str, ...]:
    """Return the names of all kinds, those that others refer to first, otherwise as in KINDS."""
    left = {
        kind: {shape.refers_to for shape in shapes(KIND_NAMES[kind]).values() if shape.refers_to}
        for kind in KIND_NAMES
    }
    placed: list[str] = []
    while left:
        placed.append(next(kind for kind in left if left[kind] <= set(placed)))
        del left[placed[-1]]
    return tuple(placed)
