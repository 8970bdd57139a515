"""What every contract server is made on: an HTTP server on a free port of this machine, until it is closed."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self


class Standing:
    """Call `_stand` last in `__init__`: requests may come from then on. url: where it stands."""

    url: str

    def _stand(self, visit: type[BaseHTTPRequestHandler], name: str) -> None:
        """visit: what answers; its class has this server as `server_`."""
        made = type("Bound", (visit,), {"server_": self})
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), made)
        self._http.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._http.server_port}"
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.02,), name=name, daemon=True)
        self._thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """No more requests; what is being answered is not waited for."""
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()
