"""What a document was made with; it carries that beside its evidence, so that it can be made again.

The manifest does not hold it, because equal inputs have one edition on every machine.
"""

from collections.abc import Mapping
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from sourcebrief.brief.manifest import canonical

BUILD_INFO: Final = "build-info.json"
"""The name of the file that a document carries."""
EVIDENCE: Final = "evidence.json"
"""The name of the manifest that a document carries."""
_ALTERED: Final = "its build-info.json was altered: no build writes it in this form"


class BuildInfo(BaseModel):
    """The layout of a document, and what else decides its bytes.

    `epoch` is SOURCE_DATE_EPOCH in seconds where it was set, `templates` the digest of the
    templates, `versions` those of the program, its libraries and engines by name.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    format: Literal["sourcebrief-build-info/1"] = "sourcebrief-build-info/1"
    layout: Literal["full", "short"]
    epoch: int | None
    templates: str
    versions: Mapping[str, str]

    def json_bytes(self) -> bytes:
        """Write it as canonical JSON."""
        return canonical(self.model_dump())


def read_build_info(data: bytes) -> BuildInfo:
    """Read what a document carries; raises ValueError where no build wrote that."""
    try:
        found = BuildInfo.model_validate_json(data)
    except ValidationError as error:
        raise ValueError(_ALTERED) from error
    if found.json_bytes() != data:
        raise ValueError(_ALTERED)
    return found
