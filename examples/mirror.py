"""Keep a copy of all public releases in a folder: one JSON file each.

    python3 mirror.py https://news.example.org copy/ --lang de

Run it as often as you like. What was taken back meanwhile is deleted, so a copy never shows what
the alliance does not show any more; when the site cannot be reached, nothing is touched.
"""

import argparse
import json
import sys
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path

TIMEOUT = 30  # seconds
PER_REQUEST = 50


def mirror(site: str, folder: Path, *, language: str) -> tuple[int, int]:
    """Write and delete files until the folder is as the site; return how many of each.

    Raises OSError when the site is not reached.
    """
    folder.mkdir(parents=True, exist_ok=True)
    mirrored = {path.stem for path in folder.glob("*.json")}
    written = deleted = 0
    for identifier in sorted(mirrored.union(public_ids(site, language))):
        path = folder / f"{identifier}.json"
        release = get(f"{site}/api/v1/releases/{identifier}?lang={language}")
        if release is None:  # a 404: nothing is public there, or not in this language
            deleted += path.exists()
            path.unlink(missing_ok=True)
            continue
        text = json.dumps(release, ensure_ascii=False, indent=1, sort_keys=True)
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            written += 1
    return written, deleted


def public_ids(site: str, language: str) -> Iterator[str]:
    """Yield the ids of all public releases; by cursor, so none is missed while others appear."""
    asked = {"kind": "release", "lang": language, "sort": "date", "page_size": PER_REQUEST}
    address = f"{site}/api/v1/search?{urllib.parse.urlencode(asked)}"
    while address:
        answer = get(address) or {}
        yield from (item["id"] for item in answer.get("items", ()))
        following = answer.get("links", {}).get("next")
        address = following and urllib.parse.urljoin(site, following)


def get(address: str) -> dict | None:
    """Return what the API answers, None for a 404. Raises OSError."""
    try:
        # `main` takes addresses of the web alone.
        with urllib.request.urlopen(address, timeout=TIMEOUT) as answer:  # noqa: S310
            return json.load(answer)
    except urllib.error.HTTPError as error:
        if error.code == 404:
            return None
        raise


def main() -> int:
    """Run the command given on the command line and return the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("site", help="address of the site, https://…")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--lang", default="de")
    arguments = parser.parse_args()
    if not arguments.site.startswith(("https://", "http://")):
        parser.error("site: must begin with https:// or http://")
    try:
        site = arguments.site.rstrip("/")
        written, deleted = mirror(site, arguments.folder, language=arguments.lang)
    except OSError as error:
        print(f"{arguments.site} was not reached: {error}", file=sys.stderr)
        return 1
    print(f"{written} written, {deleted} deleted")
    return 0


if __name__ == "__main__":
    sys.exit(main())
