"""Ask an Elasticsearch on the loopback interface whether it is ready."""

import http.client

from tools.ports import HOST


def is_healthy(port: int) -> bool:
    """Tell whether the server on `port` answers with health yellow or green within a second."""
    # Not through urllib, which would ask a proxy named in the environment.
    connection = http.client.HTTPConnection(HOST, port, timeout=5)
    try:
        connection.request("GET", "/_cluster/health?wait_for_status=yellow&timeout=1s")
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
