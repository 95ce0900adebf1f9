"""`python -m display_server`: the same as the console script `display-server`."""

from display_server.cli import main

main(prog_name="display-server")
