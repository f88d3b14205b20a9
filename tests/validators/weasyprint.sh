#!/usr/bin/env bash
# The tests of the PDF with an earlier WeasyPrint: weasyprint.sh VERSION, with the Python of $PYTHON.
# The other packages are those of that Python's environment. Where its pages break is not tested:
# 69.0 breaks tables less well.
set -euo pipefail
cd "$(dirname "$0")/../.."
version=$1
python=${PYTHON:-.venv/bin/python}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
packages() { "$1" -c 'import sysconfig; print(sysconfig.get_path("purelib"))'; }
"$python" -m venv "$scratch"
"$scratch/bin/pip" install --quiet --no-deps "weasyprint==$version"
packages "$python" >"$(packages "$scratch/bin/python")/environment.pth"
"$scratch/bin/python" -c "import weasyprint; assert weasyprint.__version__ == '$version'"
"$scratch/bin/python" -m pytest -q -n 2 -p no:cacheprovider \
  tests/documents/pdf tests/documents/test_pdf_validators.py \
  tests/end_to_end/test_weasyprint_versions.py
