"""Files and folders that belong to their user alone; anything else is refused before a byte is used."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from collections.abc import Callable
from pathlib import Path

from gdpr.ports import Unavailable


class KeyFileRefused(Unavailable):
    """A key folder or file is open to others, is not the user's own or not a key; or this is production."""


def read_private(path: Path, *, at_most: int) -> bytes:
    """The file's bytes, up to `at_most` and one more. Raises KeyFileRefused, Unavailable."""
    name = path.name
    try:
        file = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except FileNotFoundError:
        raise Unavailable(f"the key file {name} is not there") from None
    except OSError as error:
        if error.errno in (errno.EACCES, errno.ELOOP):
            raise KeyFileRefused(f"the key file {name} must be a file of the user's own, mode 0600") from None
        raise Unavailable(f"the key file {name} cannot be read: {errno.errorcode.get(error.errno or 0)}") from None
    with os.fdopen(file, "rb", buffering=0) as opened:
        if not _is_private(os.fstat(opened.fileno()), stat.S_ISREG):
            raise KeyFileRefused(f"the key file {name} must be a file of the user's own, mode 0600")
        return opened.read(at_most + 1) or b""


def create_private(path: Path, size: int) -> None:
    """So many random bytes under this name, whole and flushed, unless there is a file already."""
    if path.exists():
        return
    draft = path.with_name(f"{os.urandom(8).hex()}.new")
    file = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    with os.fdopen(file, "wb", buffering=0) as opened:
        opened.write(os.urandom(size))
        os.fsync(opened.fileno())
    try:
        # Unlike a rename, a link never replaces: whoever comes second keeps the first one's bytes.
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)
    finally:
        os.unlink(draft)
    flush_folder(path.parent)


def flush_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def check_folder(folder: Path) -> None:
    """Raises KeyFileRefused, Unavailable unless this is a folder of the user's own that nobody else may enter."""
    try:
        status = folder.stat(follow_symlinks=False)
    except OSError:
        raise Unavailable("the key folder is not there") from None
    if not _is_private(status, stat.S_ISDIR):
        raise KeyFileRefused("a key folder must be a folder of the user's own, mode 0700")


def _is_private(status: os.stat_result, is_kind: Callable[[int], bool]) -> bool:
    return is_kind(status.st_mode) and status.st_uid == os.geteuid() and not status.st_mode & 0o077
