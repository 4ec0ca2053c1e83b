"""`python -m dota_env_rpc`: what it prints, and how it ends."""

import pathlib
import signal
import socket
import subprocess
import sys

from dm_env_rpc.v1 import error
import grpc
from grpc_health.v1 import health_pb2, health_pb2_grpc
from grpc_reflection.v1alpha import reflection_pb2, reflection_pb2_grpc
import pytest
from raw_client import Client

SERVING = health_pb2.HealthCheckResponse.SERVING
PEM = pathlib.Path(__file__).parent / "certificates"
COMMAND = [sys.executable, "-m", "dota_env_rpc"]


def start(*arguments):
    process = subprocess.Popen([*COMMAND, "--port=0", *arguments], stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE, text=True)
    return process, process.stdout.readline()


@pytest.mark.parametrize("arguments, said", [
    (["--prot=1"], "prot"),
    (["--port=70000"], "port"),
    (["--port=any"], "port"),
    (["serve"], "serve"),
    (["--host=0.0.0.0"], "certificate"),
    (["--tls_certificate=/no/such.pem", "--tls_key=/no/such.key"], "/no/such.pem"),
    (["--token_file=/no/such/token"], "/no/such/token"),
    (["--token_file=/dev/null"], "no token"),
    (["--games_bot=nobody"], "'nobody'"),
    (["--host=203.0.113.1", "--allow_insecure", "--port=0"], "203.0.113.1"),
])
def test_a_wrong_command_line_gets_one_clear_line(arguments, said):
    done = subprocess.run([*COMMAND, *arguments], capture_output=True, text=True, timeout=60)
    assert done.returncode != 0 and done.stdout == ""
    lines = [line for line in done.stderr.splitlines() if line.startswith("dota_env_rpc: ")]
    assert len(lines) == 1 and said in lines[0]
    assert "Traceback" not in done.stderr


def test_a_taken_port_gets_one_clear_line():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = subprocess.run([*COMMAND, f"--port={port}"], capture_output=True, text=True,
                              timeout=60)
    assert done.returncode != 0
    assert f"dota_env_rpc: cannot open 127.0.0.1:{port}" in done.stderr
    assert "Traceback" not in done.stderr


def test_plaintext_to_a_tls_port_is_refused_and_logged():
    process, said = start(
        f"--tls_certificate={PEM / 'server.pem'}", f"--tls_key={PEM / 'server.key'}")
    client = Client(said.split()[-1])
    with pytest.raises(grpc.RpcError) as caught:
        client.leave()
    client.close()
    process.terminate()
    assert caught.value.code() == grpc.StatusCode.UNAVAILABLE
    log = process.stderr.read()
    assert process.wait(20) == 0
    assert "Handshake failed" in log and "Traceback" not in log


def test_a_flag_names_hosts_whose_bots_may_be_called():
    process, said = start("--bot_hosts=Bots.example.org,10.0.0.7")
    client = Client(said.split()[-1])
    try:
        for host in ("bots.example.org", "10.0.0.7"):
            client.create(bots=["laner", f"http://{host}:1/"], bot_timeout=0.01)
        with pytest.raises(error.DmEnvRpcError, match="calls no bots at .*10.0.0.8"):
            client.create(bots=["laner", "http://10.0.0.8:1/"])
    finally:
        client.close()
        process.terminate()
    assert process.wait(20) == 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_well(number):
    process, said = start()
    assert said.startswith("Serving on 127.0.0.1:")
    process.send_signal(number)
    assert process.wait(20) == 0
    assert "Traceback" not in process.stderr.read()


def test_sigterm_waits_for_clients_and_takes_no_new_ones():
    process, said = start("--drain_seconds=30")
    address = said.split()[-1]
    client = Client(address)
    client.leave()
    process.send_signal(signal.SIGTERM)
    health = health_pb2_grpc.HealthStub(client.channel)
    while health.Check(health_pb2.HealthCheckRequest()).status == SERVING:
        pass
    client.leave()  # the present client is still served
    newcomer = Client(address)
    with pytest.raises(grpc.RpcError) as caught:
        newcomer.leave()
    assert caught.value.code() == grpc.StatusCode.UNAVAILABLE
    assert process.poll() is None
    client.close()
    assert process.wait(20) == 0
    newcomer.close()


def test_health_and_reflection_tell_what_is_served():
    process, said = start()
    with grpc.insecure_channel(said.split()[-1]) as channel:
        check = health_pb2.HealthCheckRequest(service="dm_env_rpc.v1.Environment")
        assert health_pb2_grpc.HealthStub(channel).Check(check).status == SERVING
        stub = reflection_pb2_grpc.ServerReflectionStub(channel)
        answer, = stub.ServerReflectionInfo(iter([
            reflection_pb2.ServerReflectionRequest(list_services="")]))
    names = {service.name for service in answer.list_services_response.service}
    assert {"dm_env_rpc.v1.Environment", "grpc.health.v1.Health"} <= names
    process.terminate()
    assert process.wait(20) == 0
