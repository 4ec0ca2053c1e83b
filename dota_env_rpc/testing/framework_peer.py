"""A bot of the dota2ai protocol that is as strict as the mod's reference server in Java.

It looks at the last part of the path alone, wants the exact content type, leaves the bodies of
/reset, /select and /levelup unread, so that none may come, refuses every field that its classes
do not have, and answers with text/html, head and body apart. A bot that fails answers with status
500. The server's older form, behind a servlet, answers with application/json, and with status 400
or 415 to what it refuses, all of which is refused here too.
"""

from collections.abc import Callable
import contextlib
import dataclasses
import http.server
import json
import threading
from typing import Any

JSON = "application/json"
ANSWER_TYPE = "text/html"

# The fields of the reference server's classes, and what each takes.
_WHOLE, _REAL, _TEXT, _FLAG = "whole", "real", "text", "flag"
_ENTITY = {"origin": [_REAL], "name": _TEXT, "health": _WHOLE, "maxHealth": _WHOLE}
_ABILITY = {
    **_ENTITY, "targetFlags": _WHOLE, "targetTeam": _WHOLE, "targetType": _WHOLE,
    "abilityType": _WHOLE, "abilityIndex": _WHOLE, "level": _WHOLE, "maxLevel": _WHOLE,
    "abilityDamage": _WHOLE, "abilityDamageType": _WHOLE, "behavior": _WHOLE,
    "cooldownTime": _REAL, "cooldownTimeRemaining": _REAL}
_NPC = {
    **_ENTITY, "level": _WHOLE, "alive": _FLAG, "blind": _FLAG, "dominated": _FLAG,
    "deniable": _FLAG, "disarmed": _FLAG, "rooted": _FLAG, "team": _WHOLE, "attackRange": _REAL,
    "attackTarget": _WHOLE, "mana": _REAL, "maxMana": _REAL, "abilities": {}}
CLASSES = {
    "Tree": _ENTITY, "Ability": _ABILITY, "BaseNPC": _NPC, "Building": _NPC, "Tower": _NPC,
    "Hero": {**_NPC, "xp": _WHOLE, "deaths": _WHOLE, "denies": _WHOLE, "gold": _WHOLE}}
_CHAT = {"teamOnly": _FLAG, "player": _WHOLE, "text": _TEXT}
_TYPES = {_WHOLE: int, _REAL: (int, float), _TEXT: str, _FLAG: bool}
INT_MAX = (1 << 31) - 1


@dataclasses.dataclass
class Bot:
    """What a bot does; each may be replaced.

    Attributes:
        select: Returns the reply to /select.
        level_up: Returns the reply to /levelup.
        update: Returns the reply to /update of the world, as it was sent.
        answer: Returns the status and body to answer with, of those that would be right; for
            peers that do not answer as they should.
    """

    select: Callable[[], Any] = lambda: {"hero": "npc_dota_hero_lina", "command": "SELECT"}
    level_up: Callable[[], Any] = lambda: {"abilityIndex": 0}
    update: Callable[[dict], Any] = lambda world: {"command": "NOOP"}
    answer: Callable[[int, bytes], tuple[int, bytes]] = lambda status, body: (status, body)


class FrameworkPeer:
    """Serves a Bot on a port of its own until closed; a context manager does that.

    Attributes:
        url: Where to ask it.
        asked: (path, body) of each question, in order.
        refused: Why questions were refused; empty if all were as they must be.
        num_connections: Connections that are open.
    """

    def __init__(self, bot: Bot | None = None):
        self.bot = bot or Bot()
        self.asked: list[tuple[str, bytes]] = []
        self.refused: list[str] = []
        self.num_connections = 0
        peer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def setup(self):
                super().setup()
                peer.num_connections += 1

            def finish(self):
                peer.num_connections -= 1
                with contextlib.suppress(OSError):
                    super().finish()

            def handle_one_request(self):
                with contextlib.suppress(OSError):
                    super().handle_one_request()

            def do_POST(self):
                status, body = peer._serve(self)
                self.send_response(status)
                self.send_header("Content-Type", ANSWER_TYPE)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *arguments):
                del arguments

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}/Dota2AIService/api/service"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,))
        self._thread.start()

    def paths(self) -> list[str]:
        """Returns what was asked, without the bodies."""
        return [path for path, _ in self.asked]

    def worlds(self) -> list[dict]:
        """Returns the entities of each /update."""
        return [json.loads(body)["entities"] for path, body in self.asked if path == "update"]

    def close(self) -> None:
        """Stops to serve."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def __enter__(self) -> "FrameworkPeer":
        return self

    def __exit__(self, *error) -> None:
        self.close()

    def _serve(self, request) -> tuple[int, bytes]:
        path = request.path.rpartition("/")[2].lower()
        body = request.rfile.read(int(request.headers["Content-Length"]))
        self.asked.append((path, body))
        try:
            return self.bot.answer(*self._reply(path, body, request.headers))
        except Refusal as refusal:
            self.refused.append(f"{path}: {refusal}")
            return refusal.status, str(refusal).encode()

    def _reply(self, path: str, body: bytes, headers) -> tuple[int, bytes]:
        if headers.get_all("Accept") != [JSON]:
            raise Refusal(406, "set accept to application/json")
        if headers.get_all("Content-Type") != [JSON]:
            raise Refusal(406, "set content-type to application/json")
        if path in ("reset", "select", "levelup") and body:
            raise Refusal(400, "what was not read is no request")
        if path == "reset":
            return 200, b""
        if path == "chat":
            _check("ChatEvent", json.loads(body), _CHAT)
            return 200, b""
        if path == "select":
            reply = self.bot.select()
        elif path == "levelup":
            reply = self.bot.level_up()
        elif path == "update":
            world = json.loads(body, parse_constant=_no_constant)
            _check_world(world)
            reply = self.bot.update(world)
        else:
            raise Refusal(404, "method not found")
        return 200, reply if isinstance(reply, bytes) else json.dumps(reply).encode()


class Refusal(Exception):
    """A question is not as the reference server wants it."""

    def __init__(self, status: int, message: str):
        super().__init__(message)
        self.status = status


def _check_world(world: dict) -> None:
    _check("World", world, {"entities": {}})
    for key, entity in world["entities"].items():
        _check_key(key)
        _check_typed(entity)
        for slot, ability in entity.get("abilities", {}).items():
            _check_key(slot)
            _check_typed(ability)


def _check_typed(entity: dict) -> None:
    fields = dict(entity)
    kind = fields.pop("type", None)
    if kind not in CLASSES:
        raise Refusal(500, f"cannot resolve type id {kind!r}")
    _check(kind, fields, CLASSES[kind])


def _check_key(key: str) -> None:
    if not key.isdecimal() or int(key) > INT_MAX:
        raise Refusal(500, f"{key!r} is no Integer")


def _check(kind: str, fields: dict, known: dict) -> None:
    for name, value in fields.items():
        if name not in known:
            raise Refusal(500, f"unrecognized field {name!r} (class {kind})")
        wanted = known[name]
        if isinstance(wanted, dict):
            fits = isinstance(value, dict)
        elif isinstance(wanted, list):
            fits = isinstance(value, list) and all(
                isinstance(part, (int, float)) for part in value)
        else:
            fits = isinstance(value, _TYPES[wanted]) and (
                isinstance(value, bool) == (wanted == _FLAG))
            fits = fits and not (wanted == _WHOLE and abs(value) > INT_MAX)
        if not fits:
            raise Refusal(500, f"cannot deserialize {name!r} from {value!r} (class {kind})")


def _no_constant(name: str) -> float:
    raise Refusal(500, f"{name} is no JSON")
