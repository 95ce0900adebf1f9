"""A device's agent: enrolment, one step, running for ever, and what it says of itself."""
