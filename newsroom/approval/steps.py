"""What happens to approved versions, for rooms that tell people about it.

Sent inside the transaction of the step: a receiver that fails undoes the step.
"""

from django.dispatch import Signal

# Keyword arguments: receipts, whose versions are public now.
versions_published = Signal()
# Keyword arguments: receipt.
publication_parked = Signal()
# Keyword arguments: receipt, user (who released alone), reason.
emergency_released = Signal()
# Keyword arguments: receipt.
emergency_lapsed = Signal()
# Keyword arguments: notice, which waits for a second person.
notice_proposed = Signal()
# Keyword arguments: bundle (newsroom.approval.bundles), of steps that were not told one by one.
bundle_closed = Signal()
