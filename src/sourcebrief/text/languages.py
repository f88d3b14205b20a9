"""Languages by their tags (BCP 47), as far as two of them are compared."""

import re


def primary_subtag(tag: str | None) -> str:
    """Give the language of a tag without script and region: "es" of "es-EC"; empty without one."""
    return re.split("[-_]", (tag or "").strip())[0].lower()


def same_language(one: str | None, other: str | None) -> bool:
    """Whether two tags name one language, whatever script and region they add."""
    return primary_subtag(one) == primary_subtag(other)
