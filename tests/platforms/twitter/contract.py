"""What the rules for every platform cannot know of this one."""

from __future__ import annotations

LINKS = {
    "https://x.com/mei_cafe/status/1346889436626259968": {"user": "mei_cafe", "id": "1346889436626259968"},
    "https://twitter.com/mei_cafe/status/1346889436626259968/photo/1": {
        "user": "mei_cafe", "id": "1346889436626259968"},
    "https://x.com/i/status/1346889436626259968": {"id": "1346889436626259968"},
}
