"""One step of a device towards the newest editions: what changed, is it signed, take it or leave everything."""
