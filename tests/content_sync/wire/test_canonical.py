"""Canonical bytes: what has none is refused in a sentence."""

import pytest

from content_sync.domain.errors import BadInput
from content_sync.wire import canonical


@pytest.mark.parametrize("value", [1.5, {"a": {1, 2}}, b"bytes"])
def test_what_has_no_canonical_form_is_refused(value: object) -> None:
    """Fractions, sets and bytes are named, not written somehow."""
    with pytest.raises(BadInput, match="no canonical form"):
        canonical.dump(value)


def test_deep_nesting_is_refused_like_any_bad_input() -> None:
    """What can just be read but not written any more ends in a sentence, not in a fault of the program."""
    value: list[object] = []
    for _ in range(5_000):
        value = [value]
    with pytest.raises(BadInput, match="too deeply"):
        canonical.dump(value)
