"""What holds for every test: a busy machine is slow, not wrong."""

from hypothesis import settings

settings.register_profile("patient", deadline=None)  # nothing here asserts how long something took
settings.load_profile("patient")
