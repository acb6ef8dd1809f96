"""Ask an Elasticsearch on the loopback interface whether it is ready."""

import http.client
from base64 import b64encode

from tools.elasticsearch.security import PASSWORD, USER, Authority
from tools.ports import HOST


def is_healthy(port: int, *, authority: Authority | None = None) -> bool:
    """Tell whether the server on `port` answers with health yellow or green within a second.

    A secured one is asked by the user of the tool, over TLS.
    """
    # Not through urllib, which would ask a proxy named in the environment.
    connection: http.client.HTTPConnection
    headers = {}
    if authority:
        connection = http.client.HTTPSConnection(HOST, port, timeout=5, context=authority.context)
        headers["Authorization"] = f"Basic {b64encode(f'{USER}:{PASSWORD}'.encode()).decode()}"
    else:
        connection = http.client.HTTPConnection(HOST, port, timeout=5)
    try:
        path = "/_cluster/health?wait_for_status=yellow&timeout=1s"
        connection.request("GET", path, headers=headers)
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
