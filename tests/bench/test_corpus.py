"""The benchmark's corpus: real items, the same in every run, and the changes it says it makes."""

from content_sync.domain.disclosure.lint import lint
from content_sync.wire.items import parse_item
from tests.bench import deltas
from tests.bench.corpus import Corpus
from tests.bench.story import initial, month, story

_count = 60


def test_every_item_could_be_published() -> None:
    """The bytes of all kinds are canonical, pass the strict reader, and nothing blocks them from being submitted."""
    corpus = Corpus(_count)
    corpus.mixed(20)
    kinds = set()
    for name, body in corpus.bodies.items():
        item = parse_item(body)
        assert (item.id, item) == (name, corpus.items[name])
        assert not [found for found in lint(item, "county") if found.blocking]
        kinds.add(item.kind)
    assert kinds == {"notice", "guide", "ledger"}


def test_the_same_seed_tells_the_same_story() -> None:
    """Two runs compare bytes of the same texts; another seed gives other texts."""
    assert Corpus(_count).bodies == Corpus(_count).bodies
    assert Corpus(_count, seed=2).bodies.keys().isdisjoint(Corpus(_count).bodies)
    one, two = (story(Corpus(_count)) for _ in range(2))
    assert one == two
    assert (one[0].name, one[-1].name, len(one[-1].changes)) == (initial, month, 30)


def test_a_change_is_what_it_says() -> None:
    """An edit touches one item and its version, a hundred changes a hundred items; a branch leaves the corpus alone."""
    corpus = Corpus(200)
    before = dict(corpus.bodies)
    edited = corpus.branch(1).edit().put[0]
    assert edited.version == corpus.items[edited.id].version + 1
    assert edited.body != corpus.items[edited.id].body
    for seed in range(4):  # also the corpus's own seed
        mixed = corpus.branch(seed).mixed(100)
        new = [item for item in mixed.put if item.id not in before]
        assert (len(mixed.put), len(new), len(mixed.gone)) == (90, 20, 10)
    assert corpus.bodies == before


def test_the_measured_deltas_lead_to_what_was_published() -> None:
    """What the bench weighs is a delta that works."""
    corpus = Corpus(_count)
    for name in ("1 edit", "1 new notice", "1 withdrawal"):
        change = deltas.changes[name](corpus.branch(3))
        made = deltas.as_built(corpus, change)
        assert deltas.wire.applied(corpus.bodies, made) == deltas.after(corpus, change)
