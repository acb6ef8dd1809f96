"""What is read from the answers to a link."""

import re

CANARY = "kanarien"
JPEG = b"\xff\xd8"  # how a JPEG begins


def text(answer):
    return answer.getvalue().decode(errors="replace")


def shows(answer):
    return answer.status_code == 200 and "Kanarientext" in text(answer)


def tells(answer):
    """Return whether anything of the release is in the answer, headers included."""
    return CANARY in f"{answer.headers} {text(answer)}".lower()


def pictures(client, path):
    """Return the addresses of the pictures on a page that a link shows."""
    page = text(client.get(path))
    return re.findall(r'[ "](/vorab/[^" ]+/media/[^" ]+)', page)
