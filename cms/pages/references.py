"""What a page shows besides its own text: pictures, files, texts that several pages share."""

from typing import Protocol


class Referenced(Protocol):
    """Something an approval covers although it is stored elsewhere.

    While an approved or public version refers to it, it must stay what it is; whoever wants
    another one makes a new object. So the digest of an approved reference never changes, and
    when it does, the approval no longer holds.
    """

    def reference(self) -> str:
        """Return what it is called in a receipt: kind and number, for example "picture 12"."""

    def digest(self) -> str:
        """Return the SHA-256 in hex of everything of it that readers get to see."""
