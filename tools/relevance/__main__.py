"""Measure relevance: `python -m tools.relevance`, or `make relevance`."""

import argparse
import json
import os
import sys
from contextlib import ExitStack
from pathlib import Path

import django

SETS = ("across", "questions", "mistyped", "short")


def main() -> int:
    """Measure, print a table, write JSON; return 1 when a value fell under its floor."""
    parser = argparse.ArgumentParser(prog="python -m tools.relevance", description=__doc__)
    parser.add_argument("--part", choices=("train", "dev"), default="dev", help="of the questions")
    parser.add_argument(
        "--short-part", choices=("dev", "held-out"), default="dev", help="of the short queries"
    )
    parser.add_argument("--only", choices=SETS, action="append")
    parser.add_argument("--ours", action="store_true", help="leave out the baselines")
    parser.add_argument("--engine", choices=("elasticsearch", "database"), action="append")
    parser.add_argument("--every", type=int, default=1, help="ask only each nth question")
    parser.add_argument("--json", type=Path, help="write the results there")
    parser.add_argument("--write-floors", action="store_true", help="make these values the floors")
    arguments = parser.parse_args()

    from tools.relevance.data import folder  # noqa: PLC0415 - Django is set up below

    path = folder()
    if path is None:
        print(
            "RELEVANCE WAS NOT MEASURED: the judged questions are not here.\n"
            "Set GESAMTSCHAU_DATA to the folder that holds relevance/pages.jsonl.gz.",
            file=sys.stderr,
        )
        return 0
    os.environ["DJANGO_SETTINGS_MODULE"] = "tools.relevance.settings"
    django.setup()

    from tools.elasticsearch import ElasticsearchServer  # noqa: PLC0415
    from tools.relevance import report, settings  # noqa: PLC0415
    from tools.relevance.runs import Runs  # noqa: PLC0415

    settings.FOLDER.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        url = os.environ.get("ELASTICSEARCH_URL")
        if not url:
            url = stack.enter_context(ElasticsearchServer()).url
        results = Runs(
            path,
            part=arguments.part,
            short_part=arguments.short_part,
            sets=arguments.only or SETS,
            engines=arguments.engine or ("elasticsearch", "database"),
            with_baselines=not arguments.ours,
            every=arguments.every,
        ).on(url)
    print(report.table(results))
    if arguments.json:
        arguments.json.write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")
    if arguments.part != "dev" or arguments.short_part != "dev" or arguments.every > 1:
        return 0
    if arguments.write_floors:
        report.write_floors(results)
    drops = report.drops(results)
    for drop in drops:
        print(f"FELL UNDER ITS FLOOR: {drop}", file=sys.stderr)
    return 1 if drops else 0


if __name__ == "__main__":
    sys.exit(main())
