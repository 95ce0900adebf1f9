"""Cases: what must be answered, and the clocks that run meanwhile."""
