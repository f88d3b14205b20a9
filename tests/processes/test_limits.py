"""Limits of memory within this process; tests/security tries those of a process of its own."""

from __future__ import annotations

import sys

import pytest

from sourcebrief.processes.limits import memory_allowed


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux says what a process has")
def test_memory_is_limited_within_the_block_alone() -> None:
    import resource

    before = resource.getrlimit(resource.RLIMIT_AS)
    with pytest.raises(MemoryError), memory_allowed(64 * 2**20):
        bytearray(256 * 2**20)
    assert resource.getrlimit(resource.RLIMIT_AS) == before
    assert len(bytearray(256 * 2**20)) == 256 * 2**20
