"""Who may speak to the server, and how others are turned away."""

import pathlib
import socket

import grpc
from grpc_health.v1 import health_pb2, health_pb2_grpc
import pytest
from raw_client import Client

from dota_env_rpc.client import connect
from dota_env_rpc.server.server import Security, serve
from dota_env_rpc.testing.fake_match import FakeBackend, FakeTask

PEM = pathlib.Path(__file__).parent / "certificates"
TLS = {"certificate": str(PEM / "server.pem"), "key": str(PEM / "server.key")}
AUTHORITY = (PEM / "authority.pem").read_bytes()


def start(host="127.0.0.1", port=0, **security):
    return serve(host, port, tasks={"fake": FakeTask()}, make_backend=FakeBackend,
                 security=Security(**security))


def code_of(client):
    """Returns the status that the client's first request ends with, or OK."""
    try:
        client.leave()
    except grpc.RpcError as error:
        return error.code()
    finally:
        client.close()
    return grpc.StatusCode.OK


def bearer(token):
    return [("authorization", f"Bearer {token}")]


@pytest.mark.parametrize("metadata, code", [
    (bearer("secret"), grpc.StatusCode.OK),
    (bearer("secreT"), grpc.StatusCode.UNAUTHENTICATED),
    (bearer(""), grpc.StatusCode.UNAUTHENTICATED),
    ([("authorization", "secret")], grpc.StatusCode.UNAUTHENTICATED),
    (None, grpc.StatusCode.UNAUTHENTICATED),
])
def test_a_server_with_a_token_asks_for_it(metadata, code, caplog):
    with start(token="secret") as server:
        assert code_of(Client(server.address, metadata)) == code
    refused = "wrong or missing token" in caplog.text
    assert refused == (code != grpc.StatusCode.OK)
    assert "secret" not in caplog.text


def test_health_needs_no_token():
    with start(token="secret") as server, grpc.insecure_channel(server.address) as channel:
        answer = health_pb2_grpc.HealthStub(channel).Check(health_pb2.HealthCheckRequest())
    assert answer.status == health_pb2.HealthCheckResponse.SERVING


def test_tls_takes_clients_that_know_the_authority():
    credentials = grpc.ssl_channel_credentials(AUTHORITY)
    with start(**TLS) as server:
        assert code_of(Client(server.address, credentials=credentials)) == grpc.StatusCode.OK
        assert code_of(Client(server.address)) == grpc.StatusCode.UNAVAILABLE


def test_who_connects_without_tls_is_told_of_it():
    with start(**TLS) as server, pytest.raises(ConnectionError, match="with TLS"):
        connect(server.address, connect_timeout=0.3)


def test_mutual_tls_asks_for_a_signed_certificate():
    key, chain = (PEM / "client.key").read_bytes(), (PEM / "client.pem").read_bytes()
    with start(**TLS, client_ca=str(PEM / "authority.pem")) as server:
        signed = grpc.ssl_channel_credentials(AUTHORITY, key, chain)
        assert code_of(Client(server.address, credentials=signed)) == grpc.StatusCode.OK
        nobody = grpc.ssl_channel_credentials(AUTHORITY)
        assert code_of(Client(server.address, credentials=nobody)) == grpc.StatusCode.UNAVAILABLE


@pytest.mark.parametrize("security", [
    {}, {"token": "secret"}, TLS, {"certificate": TLS["certificate"]},
    {"client_ca": str(PEM / "authority.pem")}])
def test_other_machines_are_served_with_tls_and_a_token_only(security):
    with pytest.raises(ValueError, match="certificate"):
        start("0.0.0.0", **security)


@pytest.mark.parametrize("security", [
    {**TLS, "token": "secret"}, {**TLS, "client_ca": str(PEM / "authority.pem")},
    {"allow_insecure": True}])
def test_other_machines_can_be_served(security):
    with start("0.0.0.0", **security) as server:
        assert server.address.startswith("0.0.0.0:")


@pytest.mark.parametrize("broken", [{"certificate": "/no/such.pem"}, {"key": "/no/such.key"}])
def test_a_certificate_that_cannot_be_read_is_named(broken):
    with pytest.raises(ValueError, match="/no/such"):
        start(**{**TLS, **broken})


def test_a_certificate_that_is_none_is_refused(tmp_path):
    bad = tmp_path / "bad.pem"
    bad.write_text("no certificate")
    with pytest.raises(OSError, match="certificate"):
        start(certificate=str(bad), key=str(bad))


@pytest.mark.parametrize("port", [-1, 65536])
def test_a_port_that_there_is_not_is_refused(port):
    with pytest.raises(ValueError, match="from 0 to 65535"):
        start(port=port)


def test_a_port_that_is_taken_is_refused():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(OSError, match="taken"):
            start(port=taken.getsockname()[1])
    with start() as server, pytest.raises(OSError, match="taken"):
        start(port=int(server.address.rpartition(":")[2]))
