"""`python started.py WORKSPACE` imports what a check cannot do without and loads the YAML, no more.

The YAML is loaded as PyYAML's C loader loads it into Python values.
"""

import sys
from pathlib import Path

import babel  # noqa: F401
import click  # noqa: F401
import pydantic  # noqa: F401
import yaml

from sourcebrief.workspace import model  # noqa: F401

for path in sorted(Path(sys.argv[1]).rglob("*.yaml")):
    yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)
