"""The least that a dm_env_rpc server can do: it parses the request and sends constant bytes.

`python benchmarks/null_servicer.py --answer FILE` serves the bytes of FILE, a serialized
EnvironmentResponse, to every request, and prints `Serving on HOST:PORT`.
"""

from concurrent import futures
import pathlib

from absl import app, flags
from dm_env_rpc.v1 import dm_env_rpc_pb2 as rpc
import grpc

_ANSWER = flags.DEFINE_string("answer", None, "File with the answer to every request.",
                              required=True)


def serve_constant(answer: bytes) -> tuple[grpc.Server, str]:
    """Starts a server that answers every request with `answer`; returns it and its address."""
    def process(requests, context):
        del context
        for _ in requests:
            yield answer

    server = grpc.server(futures.ThreadPoolExecutor(8))
    server.add_generic_rpc_handlers((grpc.method_handlers_generic_handler(
        "dm_env_rpc.v1.Environment", {"Process": grpc.stream_stream_rpc_method_handler(
            process, request_deserializer=rpc.EnvironmentRequest.FromString)}),))
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    return server, f"127.0.0.1:{port}"


def main(argv):
    del argv
    server, address = serve_constant(pathlib.Path(_ANSWER.value).read_bytes())
    print(f"Serving on {address}", flush=True)
    server.wait_for_termination()


if __name__ == "__main__":
    app.run(main)
