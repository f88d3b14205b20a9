"""Making one briefing's documents in any process, here or on a cluster: bytes in, bytes out."""

import threading
from collections.abc import Container
from contextlib import nullcontext
from typing import Final

from sourcebrief.build.results import FORMATS, DocumentTask, MadeDocuments
from sourcebrief.documents.versions import engines_here
from sourcebrief.errors import InvalidInput, Problem, SourcebriefError
from sourcebrief.processes.limits import memory_allowed
from sourcebrief.processes.pool import WorkerEnded
from sourcebrief.processes.signals import TimeLimitExceeded, time_limit

SECONDS: Final = 300.0
"""How long documents may take, and `SECONDS_PER_EVENT` more for each event."""
SECONDS_PER_EVENT: Final = 2.0
MEMORY: Final = 3 * 2**30
"""How many bytes documents may take, and `MEMORY_PER_EVENT` more for each event: more than four
times what 800 events take."""
MEMORY_PER_EVENT: Final = 4 * 2**20

_one_at_a_time = threading.Lock()
"""WeasyPrint, and the variables that fontTools reads, are one for a whole process; a worker of a
cluster may run several threads."""


def load_engines(formats: Container[str] = FORMATS) -> None:
    """Import what takes long, while the parent reads and checks."""
    from sourcebrief.documents import publish  # noqa: F401

    if "pdf" in formats:
        from sourcebrief.documents.pdf.write_pdf import prepared_engine

        prepared_engine()


def make_documents(task: DocumentTask) -> MadeDocuments:
    """Make the documents; whatever a user can cause comes back as problems.

    Past the time limit they are given up.
    """
    from sourcebrief.documents.citeproc import StyleFault
    from sourcebrief.documents.publish import publish
    from sourcebrief.documents.template_folders import TemplateFiles

    with _one_at_a_time:
        templates = TemplateFiles(task.templates)
        # A worker of a cluster shares its process with other threads, so nothing is limited there.
        own = threading.current_thread() is threading.main_thread()
        memory = memory_allowed(memory_for(task)) if own else nullcontext()
        try:
            with time_limit(seconds_allowed(task)), memory:
                edition = publish(
                    task.manuscript,
                    templates,
                    task.formats,
                    layouts=task.layouts,
                    epoch=task.epoch,
                    keep_html=task.keep_html,
                )
        except InvalidInput as error:
            return MadeDocuments(problems=error.problems)
        except StyleFault as error:
            return MadeDocuments(problems=(Problem(task.place_of_style, str(error)),))
        except SourcebriefError as error:
            return MadeDocuments(problems=(Problem(task.place, str(error)),))
        except TimeLimitExceeded:
            return MadeDocuments(problems=(too_long(task),))
        except MemoryError:
            size = f"{memory_for(task) / 2**30:.1f} GiB"
            words = f"its documents took more than {size} of memory; look for what makes it large"
            return MadeDocuments(problems=(Problem(task.place, words),))
        engines, libraries = engines_here(task.formats)
        warnings = tuple(Problem(task.place, words, "warning") for words in edition.warnings)
        system = (*libraries, *edition.system_fonts)
        return MadeDocuments(edition, warnings, frozenset(templates.used), engines, system)


def too_long(task: DocumentTask) -> Problem:
    """The problem of a briefing whose documents passed the time limit."""
    limit = f"{seconds_allowed(task):g} s"
    words = f"its documents took more than {limit} and were given up; look for what makes it large"
    return Problem(task.place, words)


def problem_of_ending(task: DocumentTask, ended: WorkerEnded) -> Problem:
    """The problem of a briefing whose worker ended before its documents were made."""
    if not ended.reason and ended.seconds >= seconds_allowed(task):
        return too_long(task)
    words = (
        "the process that made its documents was ended by the system or crashed; look for what "
        "makes it large, or give the machine more memory"
    )
    if ended.reason:
        words = (
            f"the workers that made its documents were ended ({ended.reason}); look at their logs"
        )
    return Problem(task.place, words)


def seconds_allowed(task: DocumentTask) -> float:
    """How many seconds the documents may take."""
    return SECONDS + SECONDS_PER_EVENT * len(task.manuscript.manifest["events"])


def memory_for(task: DocumentTask) -> int:
    """How many bytes of memory the documents may take."""
    return MEMORY + MEMORY_PER_EVENT * len(task.manuscript.manifest["events"])
