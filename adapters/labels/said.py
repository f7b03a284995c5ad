"""How words stand in these lists: by the name of an enumeration, by its value, Danish and English."""

from __future__ import annotations

from collections.abc import Mapping

Labels = Mapping[str, Mapping[str, tuple[str, str]]]
