"""A growing thing is found, chance is not called growth, and a warm-up counts for nothing."""

import random

import pytest

from tests.soak import slopes


def _run(per_hour: float, *, noise: float, seed: int) -> list[tuple[float, float]]:
    chance = random.Random(seed)
    return [(n / 60, 400 + per_hour * n / 60 + chance.gauss(0, noise)) for n in range(60)]


def test_a_leak_of_two_megabytes_an_hour_is_found_under_noise() -> None:
    """The interval holds the truth and lies above zero."""
    found = slopes.slope(_run(2.0, noise=0.3, seed=1))
    assert found
    assert found.low < 2.0 < found.high
    assert found.verdict == "grows"
    assert slopes.slope(_run(-2.0, noise=0.3, seed=1)).verdict == "shrinks"  # type: ignore[union-attr]  # as many points


def test_chance_is_rarely_called_growth() -> None:
    """Of a hundred quiet runs at most a few are called anything but standing."""
    found = [slopes.slope(_run(0.0, noise=1.0, seed=seed)) for seed in range(100)]
    assert sum(one is not None and one.verdict != "stands" for one in found) <= 10


def test_a_wandering_value_is_no_trend() -> None:
    """A value that drifts up and down keeps its neighbours' company: the interval is wider than for pure chance."""
    chance, at, points = random.Random(3), 400.0, []
    for n in range(120):
        at = 400 + (at - 400) * 0.9 + chance.gauss(0, 1)
        points.append((n / 60, at))
    alone = [*points]
    chance.shuffle(alone)
    mixed = [(hour, value) for (hour, _), (_, value) in zip(points, alone, strict=True)]
    wandering, free = slopes.slope(points), slopes.slope(mixed)
    assert wandering
    assert free
    assert wandering.high - wandering.low > 1.5 * (free.high - free.low)


def test_the_warm_up_does_not_count() -> None:
    """Twenty minutes of filling caches, then nothing: the late half stands still."""
    points = [(n / 60, min(n, 20) * 10.0) for n in range(60)]
    whole, late = slopes.slope(points), slopes.slope(slopes.late(points))
    assert whole
    assert late
    assert whole.per_hour > 100
    assert (late.per_hour, late.verdict, late.at_end) == (pytest.approx(0), "stands", 200)


def test_a_run_too_short_says_nothing() -> None:
    """No points, no time: no slope."""
    assert slopes.slope([]) is None
    assert slopes.slope([(0.0, 1.0)] * 20) is None
