"""Which of the six sections that a service hall must show have nothing to show on this device (CAT-12).

1. Asked of a device of a hall with services alone; a reading room or a village office shows what it has.
2. Before the hall is known, and before any content, nothing is known to be missing.
"""

from datetime import datetime

from content_sync.agent.device import Device
from content_sync.domain.county import site_of
from content_sync.domain.disclosure.catalogue import sections
from content_sync.storage.content import ContentStore


def empty_sections(store: ContentStore, device: Device, now: datetime) -> tuple[str, ...]:
    """Their codes, in the law's order."""
    county = store.county()
    site = site_of(county, device.site) if county else None
    if site is None or not site.services or not any(held.number for held in store.held().values()):  # rules 1 and 2
        return ()
    return tuple(section for section in sections if not store.rows(now, section=section))
