"""A file to keep; its name is the same for everybody, so that it tells nothing in a list of downloads."""

from __future__ import annotations

from flask import Response


def a_file(content: bytes, content_type: str, name: str) -> Response:
    answer = Response(content, content_type=content_type)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
