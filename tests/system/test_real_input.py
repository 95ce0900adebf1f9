"""Real input, nobody's fixture: four pasted documents, eight laws and 1,135 procedures, from import to the device."""

import re
from pathlib import Path

import pytest

from content_sync.domain.disclosure.items import Document
from content_sync.storage.content import ContentStore
from deploy.demo.county import DemoCounty
from tests.system.conftest import demo_now, device

pytestmark = pytest.mark.process
_shared = Path(__file__).resolve().parents[3] / "shared"
_texts = [*sorted(_shared.glob("real-documents/*.txt")), *sorted(_shared.glob("real-data/laws/*.md"))]


@pytest.mark.skipif(not _texts, reason="the real documents are not beside this checkout")
def test_real_documents_go_from_import_to_the_device(county: DemoCounty) -> None:
    """All texts are published and found on the device; the procedures stay drafts with their missing elements named."""
    server, processes = ("display-server", "--dir", str(county.server)), county.processes
    files = [str(path) for path in _texts]
    created = processes.ask(*server, "import", *files, "--channel", "qinghe", "--as", "editor", "--json")["created"]
    procedures = str(_shared / "real-data" / "procedures-guangan.json")
    drafts = processes.ask(*server, "import", procedures, "--channel", "qinghe", "--as", "editor", "--json")["created"]
    assert (len(created), len(drafts)) == (12, 1135)
    submitted = processes.ask(*server, "submit", "qinghe", "--as", "editor", "--json")
    assert {made["id"] for made in created} == set(submitted["done"])
    assert all("监督渠道" in refused["reason"] for refused in submitted["refused"])
    for person in ("reviewer", "secrecy"):
        processes.ask(*server, "approve", "qinghe", "--as", person, "--json")
    processes.ask(*server, "publish", "qinghe", "--as", "publisher", "--json")
    processes.run("content-sync", "--dir", str(county.home(device)), "once")
    assert processes.ask("content-sync", "--dir", str(county.home(device)), "verify", "--json")["bad"] == []

    content, now = ContentStore(county.home(device) / "content.db", readonly=True), demo_now(county)
    opinion = next(made["id"] for made in created if made["title"].startswith("关于深化政务公开"))
    item, _hash = content.item(opinion, now) or (None, "")
    assert item is not None
    assert isinstance(item.body, Document)
    numbered = (re.match(r"(\d+)[.．]", block.text) for block in item.body.blocks)
    points = [match[1] for match in numbered if match]
    assert points == [str(number) for number in range(1, len(points) + 1)]
    assert len(points) >= 19
    for query, found in (("政務服務", opinion), ("政务服务", opinion), ("sfz", "qh-sfz-buling"), ("低保", "qh-dibao")):
        assert found in {row.id for row in content.search(query, now, 50)}
