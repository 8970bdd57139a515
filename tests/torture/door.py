"""The rough site behind a real socket on loopback, with a fault for chosen requests."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from studio.platforms.transport import Request
from tests.torture.site import Site, say


class Door:
    """url: where it listens. faults: "METHOD path" -> what happens, once each: drop_before, drop_after, a status."""

    def __init__(self, site: Site) -> None:
        self.site, self.faults, self.guard = site, {}, threading.Lock()
        handler = type("Handler", (_Handler,), {"door": self})
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self.thread.start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


class _Handler(BaseHTTPRequestHandler):
    door: Door
    protocol_version = "HTTP/1.1"
    wbufsize = 1 << 16  # head and body in one packet: two would wait for each other

    def log_message(self, *_: object) -> None:
        """The test says what matters."""

    def _serve(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        with self.door.guard:
            waiting = self.door.faults.get(f"{self.command} {self.path.partition('?')[0].split('/')[1]}", [])
            fault = waiting.pop(0) if waiting else ""
            if fault == "drop_before":
                self.close_connection = True
                return
            request = Request(self.command, f"{self.door.url}{self.path}", dict(self.headers))
            answer = say(int(fault)) if fault.isdigit() else self.door.site.answer(request, body)
        if fault == "drop_after":
            self.close_connection = True
            return
        self.send_response(answer.status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        self.wfile.write(answer.body)

    do_GET = do_POST = do_PATCH = do_DELETE = _serve
