"""Who may speak to the server, and whom it may be made to call.

Tokens, certificates, and addresses that need neither.
"""

import hmac
import ipaddress
import pathlib

from absl import logging
import grpc

from dota_env_rpc.bots.http_bot import is_url, parse_url
from dota_env_rpc.match.settings import MatchSettings
from dota_env_rpc.server import errors
from dota_env_rpc.server.errors import RequestError

# Health is told to everyone, so that whatever watches over the server needs no secret.
_OPEN_SERVICES = ("/grpc.health.v1.Health/",)
_SCHEME = "Bearer "


class TokenInterceptor(grpc.ServerInterceptor):
    """Refuses calls whose metadata lacks `authorization: Bearer TOKEN`."""

    def __init__(self, token: str):
        self._token = token.encode()

    def intercept_service(self, continuation, handler_call_details):
        """Returns the handler of the call, or one that refuses it."""
        method = handler_call_details.method
        if method.startswith(_OPEN_SERVICES):
            return continuation(handler_call_details)
        for key, value in handler_call_details.invocation_metadata:
            if key == "authorization" and value.startswith(_SCHEME):
                if hmac.compare_digest(value[len(_SCHEME):].encode(), self._token):
                    return continuation(handler_call_details)
        return _REFUSAL


def _refuse(request_iterator, context):
    del request_iterator
    logging.warning("call refused peer=%s: wrong or missing token", context.peer())
    context.abort(grpc.StatusCode.UNAUTHENTICATED,
                  "send the server's token as metadata: authorization: Bearer TOKEN")


_REFUSAL = grpc.stream_stream_rpc_method_handler(_refuse)


def server_credentials(
        certificate: str, key: str, client_ca: str | None = None) -> grpc.ServerCredentials:
    """Returns credentials of PEM files.

    Args:
        certificate: The server's certificate chain.
        key: Its private key.
        client_ca: Certificates that must have signed those of clients, or None to ask for none.

    Raises:
        ValueError: a file cannot be read.
    """
    chain, private, root = (
        None if path is None else _read(path) for path in (certificate, key, client_ca))
    return grpc.ssl_server_credentials(
        [(private, chain)], root_certificates=root, require_client_auth=root is not None)


def _read(path: str) -> bytes:
    try:
        return pathlib.Path(path).read_bytes()
    except OSError as error:
        raise ValueError(f"cannot read {path}: {error.strerror}") from None


def is_loopback(host: str) -> bool:
    """Returns whether only this machine can reach `host`."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def check_bots(settings: MatchSettings, hosts: tuple[str, ...]) -> None:
    """Refuses matches whose HTTP bots live where this server must not send requests.

    Args:
        settings: What a client wants of a match.
        hosts: Hosts that are allowed beside this machine; "*" for any.

    Raises:
        RequestError: PERMISSION_DENIED.
    """
    for name in filter(is_url, settings.bots):
        url = parse_url(name)
        if not (url.is_loopback or url.host in hosts or "*" in hosts):
            raise RequestError(
                errors.PERMISSION_DENIED,
                f"setting 'bots': this server calls no bots at {url.host!a}; let them run on its"
                " own machine, or start it with --bot_hosts naming theirs")
