"""`python -m sourcebrief` is `sourcebrief`."""

from sourcebrief.cli import main

main()
