"""Serves Dota 2 matches over dm_env_rpc and DotaService: `python -m dota_env_rpc`."""

import os
import pathlib
import signal
import socket
import sys

from absl import app, flags, logging

from dota_env_rpc.bridges.dotaservice import Games
from dota_env_rpc.server.server import DEFAULT_PORT, Limits, Security
from dota_env_rpc.serving import serve

_LIMITS = Limits()
_GAMES = Games()

flags.DEFINE_string("host", "127.0.0.1", "Address to listen on.")
flags.DEFINE_integer("port", DEFAULT_PORT, "Port to listen on; 0 takes a free one.", 0, 65535)
flags.DEFINE_string("tls_certificate", "", "PEM file of the server's certificate chain.")
flags.DEFINE_string("tls_key", "", "PEM file of the server's private key.")
flags.DEFINE_string("tls_client_ca", "",
                    "PEM file of certificates that must have signed the clients'.")
flags.DEFINE_string("token_file", "", "File with the bearer token that clients must send. Without "
                    "it the environment variable DOTA_ENV_RPC_TOKEN is the token, if set.")
flags.DEFINE_bool("allow_insecure", False,
                  "Serve other machines even without TLS and a token.")
flags.DEFINE_list("bot_hosts", [], "Hosts beside this machine whose HTTP bots clients may name in "
                  "the setting `bots`, with commas between; * for any.")
flags.DEFINE_integer("max_worlds", _LIMITS.max_worlds, "Worlds that may live at once.", 1)
flags.DEFINE_integer("max_streams", _LIMITS.max_streams, "Clients that may be connected.", 1)
flags.DEFINE_integer("max_message_bytes", _LIMITS.max_message_bytes, "Longest request.", 1024)
flags.DEFINE_float("world_grace_seconds", _LIMITS.world_grace_seconds,
                   "How long a world lives that nobody is joined to.", 0.1)
flags.DEFINE_float("match_timeout", _LIMITS.match_timeout, "Seconds that a client which has reset "
                   "waits for the others of its match to finish it.", 0.1)
flags.DEFINE_string("games_folder", os.path.join(
    os.environ.get("XDG_STATE_HOME") or os.path.expanduser("~/.local/state"), "dota_env_rpc",
    "games"), "Where each game of DotaService leaves its log and replay, in a folder that is named "
    "by its game_id; an empty string for nowhere.")
flags.DEFINE_float("game_grace_seconds", _GAMES.grace_seconds,
                   "How long a game of DotaService lives that nobody asks for.", 0.1)
flags.DEFINE_bool("games_keep_time", _GAMES.keep_time, "Whether games of DotaService go at their "
                  "host_timescale, and not as fast as their clients act.")
flags.DEFINE_string("games_bot", _GAMES.default_bot, "Bot that plays the picks of games of "
                    "DotaService whose control mode is DEFAULT, unless their reset names another; "
                    "a URL for an HTTP bot.")
flags.DEFINE_bool("games_runes", _GAMES.runes, "Whether runes come in games of DotaService.")
flags.DEFINE_float("drain_seconds", 10.0,
                   "Seconds that clients get to finish after SIGTERM or SIGINT.", 0.0)


def _token() -> str:
    path = flags.FLAGS.token_file
    if not path:
        return os.environ.get("DOTA_ENV_RPC_TOKEN", "")
    try:
        token = pathlib.Path(path).read_text().strip()
    except OSError as error:
        raise ValueError(f"cannot read {path}: {error.strerror}") from None
    if not token:
        raise ValueError(f"{path} holds no token")
    return token


def _signals() -> socket.socket:
    """Returns a socket from which a byte can be read once the process has been told to stop.

    The system may hand a signal to any thread. A main thread that waits for anything else is not
    woken by one that another thread got.
    """
    receiving, sending = socket.socketpair()
    sending.setblocking(False)
    signal.set_wakeup_fd(sending.detach())
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: None)
    return receiving


def main(argv: list[str]) -> None:
    """Serves until SIGTERM or SIGINT."""
    values = flags.FLAGS
    if len(argv) > 1:
        _fail(f"unexpected argument {argv[1]!r}")
    stopping = _signals()
    limits = Limits(values.max_worlds, values.max_streams, values.max_message_bytes,
                    values.world_grace_seconds, values.match_timeout)
    try:
        security = Security(_token(), values.tls_certificate, values.tls_key,
                            values.tls_client_ca, values.allow_insecure,
                            tuple(host.lower() for host in values.bot_hosts))
        games = Games(values.games_folder, values.game_grace_seconds, values.games_keep_time,
                      default_bot=values.games_bot, runes=values.games_runes)
        server = serve(values.host, values.port, limits=limits, security=security, games=games)
    except (ValueError, OSError) as error:
        _fail(str(error))
    print(f"Serving on {server.address}", flush=True)
    stopping.recv(1)
    server.drain(values.drain_seconds)


def _fail(message: str) -> None:
    print(f"dota_env_rpc: {message}", file=sys.stderr)
    sys.exit(1)


def _parse(argv: list[str]) -> list[str]:
    try:
        return flags.FLAGS(argv)
    except flags.Error as error:
        _fail(f"{error}; --help lists the flags")


if __name__ == "__main__":
    logging.set_verbosity(logging.INFO)
    app.run(main, flags_parser=_parse)
