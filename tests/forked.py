"""Programs in processes of their own, to be killed or to come at once: each is forked from one that has imported it all.

A new interpreter takes two seconds to import the register; a fork takes none, and is a process as real.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
from multiprocessing.connection import Connection

FORKING = multiprocessing.get_context("forkserver")
FORKING.set_forkserver_preload(
    ["hypothesis", "pytest", "tests.access_log_examples", "tests.privacy.at_work", "tests.register_examples"]
)


class Program:
    """A Python program at work, with pipes to what it reads, says and complains of."""

    def __init__(self, program: str, *arguments: str) -> None:
        pipes = [FORKING.Pipe(duplex=False) for _ in range(3)]
        (theirs_in, ours_in), (ours_out, theirs_out), (ours_err, theirs_err) = pipes
        theirs = theirs_in, theirs_out, theirs_err
        self._process = FORKING.Process(target=_run, args=(program, arguments, theirs), daemon=True)
        self._process.start()
        for end in theirs:
            end.close()
        self.stdin = os.fdopen(os.dup(ours_in.fileno()), "w")
        self.stdout = os.fdopen(os.dup(ours_out.fileno()))
        self.stderr = os.fdopen(os.dup(ours_err.fileno()))
        for end in (ours_in, ours_out, ours_err):
            end.close()

    def communicate(self) -> tuple[str, str]:
        """All it still says and complains of until it has ended."""
        self.stdin.close()
        with self.stdout, self.stderr:
            said = self.stdout.read(), self.stderr.read()
        self._process.join()
        return said

    def close(self) -> None:
        """Listen no more: it ends when it has nothing to read, or nobody to tell."""
        for pipe in (self.stdin, self.stdout, self.stderr):
            pipe.close()
        self._process.join(30)

    @property
    def returncode(self) -> int | None:
        """As of a subprocess: negative for the signal that killed it, None while it is at work."""
        return self._process.exitcode

    def kill(self) -> None:
        self._process.kill()


def _run(program: str, arguments: tuple[str, ...], ends: tuple[Connection, Connection, Connection]) -> None:
    for number, end in enumerate(ends):
        os.dup2(end.fileno(), number)
        end.close()
    sys.stdin, sys.stdout, sys.stderr = (open(number, mode) for number, mode in enumerate("rww"))  # noqa: SIM115
    sys.argv = ["-c", *arguments]
    exec(program, {"__name__": "__main__"})  # noqa: S102
