"""The documents that the tests of editions look at, built once."""

from __future__ import annotations

import pytest

from inspections import Built, build_all, write_corpus


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    root = tmp_path_factory.mktemp("editions")
    write_corpus(root)
    build_all(root, keep_html=True)
    return Built(root)
