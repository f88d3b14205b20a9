"""The health of a machine and a workspace: what `doctor` looks at."""
