"""The only door to tuf: keys and signing for publishers, verifying for devices."""
