"""What a program may ask, with the limits of each question; also its JSON Schema.

A value that is not as described is refused in words that do not repeat it.
"""

from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

MOST_BYTES: Final = 400_000
"""Of one question, as JSON."""

_Id = Annotated[str, Field(max_length=120)]
_Words = Annotated[str, Field(min_length=1, max_length=20_000)]
_DOCUMENT: Final = "The id of a document, as `find` gives it."


class Refused(Exception):  # noqa: N818 - it names what became of the question
    """A question that is not answered. The message says why, and repeats none of its words."""


class _Question(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Find(_Question):
    """List passages nearest to some words, each a quotation that passes every check.

    Passages with exactly these words come first, then those with every word, then similar ones.
    """

    words: Annotated[str, Field(min_length=1, max_length=1_000)] = Field(
        description="The words to look for."
    )
    document: _Id | None = Field(None, description="Look only in the document with this id.")
    limit: Annotated[int, Field(ge=1, le=50)] = Field(10, description="How many at most.")


class ReadPassage(_Question):
    """Read paragraphs of a document, by their numbers."""

    document: _Id = Field(description=_DOCUMENT)
    paragraph: Annotated[int, Field(ge=1)] = Field(description="The number of the first one.")
    count: Annotated[int, Field(ge=1, le=20)] = Field(1, description="How many, at most 20.")


class Locate(_Question):
    """Say where a quotation stands in a document, or why it does not.

    Nothing similar passes: case, words and digits count, and it begins and ends with whole words.
    `[...]` leaves words out, up to six `[words]` explain.
    """

    quote: _Words = Field(description="The quotation, verbatim.")
    document: _Id | None = Field(None, description="Default: every document.")
    paragraph: Annotated[int, Field(ge=1)] | None = Field(
        None, description="Decides between repeats; needs `document`."
    )


class Check(_Question):
    """Run every check on briefings and list the problems, as `sourcebrief check` does."""

    briefings: Annotated[tuple[_Id, ...], Field(max_length=100)] = Field(
        (), description="Their names; default: all."
    )
    coverage: bool = Field(
        False, description="Also say, paragraph by paragraph, how many words are quoted."
    )


class ProposedChange(_Question):
    """One change of a briefing's YAML."""

    file: Annotated[str, Field(max_length=300)] = Field(
        description="brief.yaml, or an event file as brief.yaml names it."
    )
    action: Literal["set", "append", "remove"] = Field(
        description="set a key to a value, append an item to a list, or remove what is there."
    )
    at: Annotated[tuple[str | int, ...], Field(min_length=1, max_length=12)] = Field(
        description="The way there: keys, and items of a list by their id or their number from 0, "
        'as ["events", "pact", "evidence"].'
    )
    value: Any = Field(None, description="What to set or append: text, a list or a mapping.")


class Propose(_Question):
    """Try out changes of a briefing in a scratch copy and answer with a patch, if all checks pass.

    Nothing is written: a person applies the patch. It passes only if `check --strict` of the
    changed briefing finds nothing at all.
    """

    briefing: _Id = Field(description="The briefing to change, one that the session may change.")
    changes: Annotated[tuple[ProposedChange, ...], Field(min_length=1, max_length=100)] = Field(
        description="Made one after the other."
    )


QUESTIONS: Final[dict[str, type[_Question]]] = {
    "find": Find,
    "passage": ReadPassage,
    "locate": Locate,
    "check": Check,
    "propose": Propose,
}
"""What may be asked, by the name of the operation."""


def read_question(operation: str, arguments: Any) -> _Question:
    """Return the question that an operation's arguments are. Raises Refused."""
    model = QUESTIONS.get(operation)
    if model is None:
        raise Refused(f"there is no such operation; ask for one of {', '.join(QUESTIONS)}")
    try:
        return model.model_validate(arguments)
    except ValidationError as error:
        faults = error.errors(include_url=False, include_context=False, include_input=False)
        raise Refused("; ".join(dict.fromkeys(map(_fault, faults)))) from None
    except RecursionError:
        raise Refused("the arguments are nested too deeply") from None


def _fault(fault: Any) -> str:
    # Names of fields are ours; those that are not known are the program's own words.
    unknown = fault["type"] == "extra_forbidden"
    where = ".".join(map(str, fault["loc"][: -1 if unknown else None])) or "the arguments"
    return f"{where}: has an unknown key" if unknown else f"{where}: {fault['msg']}"
