"""The least that a unary call can do: a server that answers every call with no bytes.

`python benchmarks/null_unary.py` prints `Serving on HOST:PORT`; the method is /Null/call.
"""

from concurrent import futures

import grpc

METHOD = "/Null/call"


def main():
    server = grpc.server(futures.ThreadPoolExecutor(8))
    service, method = METHOD[1:].split("/")
    server.add_generic_rpc_handlers((grpc.method_handlers_generic_handler(service, {
        method: grpc.unary_unary_rpc_method_handler(lambda request, context: b"")}),))
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    print(f"Serving on 127.0.0.1:{port}", flush=True)
    server.wait_for_termination()


if __name__ == "__main__":
    main()
