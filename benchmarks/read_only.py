"""`python read_only.py WORKSPACE` reads and hashes the seeds and loads the YAML, no more.

The YAML is loaded as PyYAML's C loader loads it into Python values.
"""

import hashlib
import sys
from pathlib import Path

import yaml

root = Path(sys.argv[1])
for path in sorted((root / "seeds").iterdir()):
    if path.suffix != ".yaml":
        hashlib.sha256(path.read_bytes()).hexdigest()
for path in sorted(root.rglob("*.yaml")):
    yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)
