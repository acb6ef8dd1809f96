"""How far apart two words are, in typing errors: pure functions."""

from functools import lru_cache

_BITS = 62  # of a signed 64-bit column


def forgiven(word: str) -> int:
    """Return how many typing errors a normalised word of this length is forgiven."""
    if len(word) < 4 or any(sign.isdigit() for sign in word):
        return 0  # a number with another digit is another number
    return 1 if len(word) < 8 else 2


@lru_cache(maxsize=50_000)
def letters(word: str) -> int:
    """Return the letters of a word as a bit set: one typing error changes two bits at most."""
    bits = 0
    for letter in word:
        bits |= 1 << ord(letter) % _BITS
    return bits


def may_be_near(one: int, other: int, *, errors: int) -> bool:
    """Return False for the letters of two words that are certainly more than `errors` apart."""
    return (one ^ other).bit_count() <= 2 * errors


def distance(one: str, other: str, *, limit: int) -> int:
    """Return how many letters are missing, added, replaced or swapped with their neighbour.

    Above `limit` it is `limit + 1`, whatever the words (optimal string alignment).
    """
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    one, other = one[start:], other[start:]
    while one and other and one[-1] == other[-1]:
        one, other = one[:-1], other[:-1]
    if abs(len(one) - len(other)) > limit:
        return limit + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        last, before, row = before, row, [i]
        for j, letter_ in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != letter_))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == letter_:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return limit + 1
    return min(row[-1], limit + 1)
