"""`python -m adapters.cli`."""

from __future__ import annotations

from adapters.cli import main

main()
