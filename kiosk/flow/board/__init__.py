"""Pure: what a board shows, in what order, for how long, and where on the glass."""
