"""What only shows with real transactions: two workers at once."""

import threading

from django.db import connections

from cms.mail import worker
from cms.mail.models import Mail
from cms.mail.services import enqueue


def test_two_workers_at_once_send_each_mail_once(now, committed, server):
    for number in range(worker.BATCH * 2):
        enqueue(key=f"key-{number}", to="a@example.org", subject="x", body="x", now=now)
    start = threading.Barrier(2)
    sent = []

    def work():
        try:
            start.wait()
            while done := worker.send_due(now=now):
                sent.append(done)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    worker.send_due(now=now)

    assert len(server.received) == worker.BATCH * 2
    assert not Mail.objects.exclude(state="sent").exists()
