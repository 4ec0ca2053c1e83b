"""What a client is told when a request cannot be served."""

from google.rpc import code_pb2, status_pb2

INVALID_ARGUMENT = code_pb2.INVALID_ARGUMENT
NOT_FOUND = code_pb2.NOT_FOUND
ALREADY_EXISTS = code_pb2.ALREADY_EXISTS
PERMISSION_DENIED = code_pb2.PERMISSION_DENIED
FAILED_PRECONDITION = code_pb2.FAILED_PRECONDITION
RESOURCE_EXHAUSTED = code_pb2.RESOURCE_EXHAUSTED
DEADLINE_EXCEEDED = code_pb2.DEADLINE_EXCEEDED
UNIMPLEMENTED = code_pb2.UNIMPLEMENTED
UNAVAILABLE = code_pb2.UNAVAILABLE
INTERNAL = code_pb2.INTERNAL


class RequestError(Exception):
    """A request is refused: `code` is a google.rpc.Code, `message` says what to do about it."""

    def __init__(self, code: int, message: str):
        super().__init__(message)
        self.code = code
        self.message = message

    def status(self) -> status_pb2.Status:
        """Returns the error as dm_env_rpc sends it."""
        return status_pb2.Status(code=self.code, message=self.message)
