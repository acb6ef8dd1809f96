"""Import members from a sheet: drafts, submitted as one batch. See docs/import.md."""

from newsroom.members.commands import SheetCommand
from newsroom.members.sheet import columns, drafts


class Command(SheetCommand):
    """Read a .csv or .xlsx file of members; report every mistake, or write all of it as drafts."""

    help = __doc__
    columns = staticmethod(columns)
    drafts = staticmethod(drafts)
