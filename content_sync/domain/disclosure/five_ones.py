"""五个一 (GUI-02): the five things that every procedure is to have, and which of them one has.

1. 网络平台: a page that a phone opens; the item's own link, or the county's public pages.
2. 办理指南: the guide with all nine elements. 告知单: what it lists comes from the guide, so it is there with its
   handler, limits and either materials or the word that nothing is to be brought.
3. 服务评议表: every hall's screens take ratings, so it is there for whatever can be done at a window.
4. 业务办理样本: a form attached to the item, filled in as an example or blank.
"""

from content_sync.domain.disclosure.addresses import public_address_fault
from content_sync.domain.disclosure.guides import Guide, missing_elements
from content_sync.domain.disclosure.items import Item

ones: dict[str, str] = {
    "online": "网上办",
    "guide": "指南",
    "handout": "告知单",
    "rating": "评价",
    "sample": "样表",
}


def held(item: Item, guide: Guide, public_url: str) -> dict[str, bool]:
    """Which of the five the item has; `public_url` is the county's public address, empty where there is none."""
    has_link = any(address and not public_address_fault(address) for address in (item.link, public_url))
    return {
        "online": has_link,  # rule 1
        "guide": not missing_elements(guide),
        "handout": bool(guide.handler.name and guide.limits),
        "rating": True,
        "sample": any(one.use == "form" for one in item.attachments),
    }
