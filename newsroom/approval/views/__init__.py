"""What people decide about a page besides its text, each on a page of its own in the admin."""

from newsroom.approval.views.action import PageAction
from newsroom.approval.views.emergency import CountersignView, ReleaseAloneView
from newsroom.approval.views.notices import DecideNoticeView, ProposeNoticeView
from newsroom.approval.views.retract import RetractView
from newsroom.approval.views.schedule import PostponeView, RetryView, WithdrawView

# In the order in which the admin offers them.
ACTIONS: tuple[type[PageAction], ...] = (
    CountersignView,
    RetryView,
    PostponeView,
    WithdrawView,
    ReleaseAloneView,
    ProposeNoticeView,
    DecideNoticeView,
    RetractView,
)

__all__ = ["ACTIONS", "DecideNoticeView", "PageAction"]
