"""What devices call; described by openapi.yaml."""
