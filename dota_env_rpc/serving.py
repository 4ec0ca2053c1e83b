"""A server of everything that this package speaks, on one port."""

from dota_env_rpc.backends.hosting import make_backend
from dota_env_rpc.bridges.dotaservice import DotaService, Games
from dota_env_rpc.server import server
from dota_env_rpc.server.server import DEFAULT_PORT, Limits, Security, Server

_LIMITS, _SECURITY, _GAMES = Limits(), Security(), Games()


def serve(host: str = "127.0.0.1", port: int = DEFAULT_PORT, *, limits: Limits = _LIMITS,
          security: Security = _SECURITY, games: Games = _GAMES) -> Server:
    """Starts a server of dm_env_rpc and DotaService that runs in threads of this process.

    Args:
        host: Address to listen on. Those that other machines can reach need TLS and a token.
        port: Port to listen on; 0 takes a free one, which `server.address` tells.
        limits: How much it takes on.
        security: Who may speak to it.
        games: How the games of DotaService are played.

    Returns:
        The server, started; close it, or use it as a context manager.

    Raises:
        ValueError: the settings do not fit together, a certificate cannot be read, or the
            default bot of games is unknown.
        OSError: the port cannot be opened.
    """
    return server.serve(host, port, limits=limits, security=security,
                        bridges=(DotaService(make_backend, games),))
