"""Compiles all entries of the rules ahead of their first call: `python -m dota_env_rpc.compile`.

Several processes compile at once, each a piece at a time, which is an entry or a part, into the
cache of match/rule.py.
"""

import argparse
import collections
import contextlib
import fcntl
import functools
import gc
import hashlib
import os
import pathlib
import queue
import subprocess
import sys
import threading
import time

from absl import logging
from llvmlite import binding
from numba.core import event
import tqdm

import dota_env_rpc
from dota_env_rpc.backends import simulated
from dota_env_rpc.content.game import load_game
from dota_env_rpc.match.rule import (
    ENTRIES,
    FAST,
    INTERPRETED,
    PARTS,
    argument_types,
    cache_folder,
    compiler,
)
from dota_env_rpc.protocols import world_state_writer
from dota_env_rpc.tasks import drawing, observe

WHY = "Compiling the rules, once for this version"
# More processes than this would wait for the one that compiles the largest piece.
MAX_PROCESSES = 4
# Whose entries a match calls; tests may have declared others.
MODULES = (simulated, observe, drawing, world_state_writer)
# The piece that takes longest: it alone takes about as long as all others.
LONGEST = "dota_env_rpc.backends.simulated._advance"


def ensure_compiled() -> None:
    """Compiles all entries if this version never did on this kind of processor.

    Says so on standard error if that is a terminal, and in the log. Processes that come here
    together wait for the one that compiles.
    """
    if not INTERPRETED and not _marker().exists():
        logging.info("%s: this takes less than a minute", WHY)
        compile_entries()


def compile_entries(processes: int | None = None) -> None:
    """Compiles all entries that are not in the cache, and shows the progress on a terminal.

    Args:
        processes: How many processes compile; None for one a processor, 4 at most.

    Raises:
        RuntimeError: a piece cannot be compiled; standard error says why.
    """
    with open(cache_folder() / "lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if _marker().exists():
            return
        names = list(_pieces())
        processes = processes or min(os.cpu_count() or 1, MAX_PROCESSES)
        bar = tqdm.tqdm(
            total=len(names), desc=WHY, disable=None,
            bar_format="{desc}: {n_fmt} of {total_fmt} pieces [{elapsed}]{postfix}")
        with bar, contextlib.ExitStack() as stack:
            _share_out(names, min(processes, len(names)), stack, bar)
        _marker().touch()


def _share_out(names: list[str], processes: int, stack: contextlib.ExitStack, bar) -> None:
    """Gives each process a piece, and another when it is done, until there are no more."""
    messages: queue.SimpleQueue[tuple[_Process, str]] = queue.SimpleQueue()
    waiting = collections.deque(names)
    for _ in range(processes):
        process = stack.enter_context(_Process(messages))
        process.compile(waiting.popleft())
    # Laid out meanwhile, for this process and all later ones.
    load_game()
    left = len(names)
    num_rules = 0
    while left:
        try:
            process, message = messages.get(timeout=0.5)
        except queue.Empty:
            bar.refresh()
            continue
        if message == "rule":
            num_rules += 1
            bar.set_postfix_str(f"{num_rules} functions read", refresh=False)
        elif message == "piece":
            left -= 1
            bar.update()
            if waiting:
                process.compile(waiting.popleft())
        else:
            raise RuntimeError(f"compiling {process.piece} failed")


class _Process:
    """Another Python that compiles the pieces it is told to, and reports on them."""

    def __init__(self, messages: queue.SimpleQueue):
        """Stores where to report to: "rule" for a function read, "piece" for a piece done."""
        self.piece = ""
        self._messages = messages

    def __enter__(self) -> "_Process":
        # It imports what this process does, whatever lies in the folder that it starts in.
        path = [str(pathlib.Path(__file__).resolve().parent.parent), *sys.path]
        code = f"import sys; sys.path[:] = {path}; from dota_env_rpc.compile import work; work()"
        self._process = subprocess.Popen(
            [sys.executable, "-c", code],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1)
        threading.Thread(target=self._listen, daemon=True).start()
        return self

    def __exit__(self, *error) -> None:
        self._process.kill()
        self._process.wait()
        self._process.stdin.close()

    def compile(self, piece: str) -> None:
        """Starts to compile `piece`."""
        self.piece = piece
        # A process that has died is told of by its closed output.
        with contextlib.suppress(BrokenPipeError):
            self._process.stdin.write(piece + "\n")

    def _listen(self) -> None:
        with self._process.stdout as lines:
            for line in lines:
                self._messages.put((self, line.strip()))
        self._messages.put((self, ""))


def work() -> None:
    """Compiles the pieces that standard input names, and reports on standard output."""
    # Little of what a compiler makes is garbage before it ends: looking for it took a sixth of
    # the time. Nor does anybody read how long each function held Numba's locks.
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
    event.install_timer = lambda kind, callback: contextlib.nullcontext()
    if FAST:
        compiler.hasten()
    event.register("numba:compile", _Reporter())
    # A piece that calls a part need not wait for it, nor is it called here.
    for part in PARTS.values():
        part.pretend()
    pieces = _pieces()
    for line in sys.stdin:
        compiled, types = pieces[line.strip()]
        compiled.compile(types)
        print("piece", flush=True)


class _Reporter(event.Listener):
    """Reports each function that the compiler has read."""

    def on_start(self, event):
        del event

    def on_end(self, event):
        del event
        print("rule", flush=True)


def _pieces() -> dict[str, tuple]:
    """Returns what is compiled for which types, by name, and what takes longest first."""
    pieces = {
        f"{module.__name__}.{compiled.__name__}": (compiled, argument_types(compiled, {}))
        for module in MODULES for compiled in ENTRIES
        if compiled.py_func.__module__ == module.__name__}
    package = f"{dota_env_rpc.__name__}."  # tests may have declared others
    pieces.update({name: (part.compiled, part.key) for name, part in PARTS.items()
                   if name.startswith(package)})
    return dict(sorted(pieces.items(), key=lambda piece: piece[0] != LONGEST))


@functools.cache
def _marker() -> pathlib.Path:
    """Returns the file that is there when all is compiled.

    Its name tells all that Numba looks at before it uses a cached entry: the Python, the
    processor, and where and of when the entry's source file is.
    """
    facts = [sys.implementation.cache_tag, binding.get_host_cpu_name(),
             binding.get_host_cpu_features().flatten()]
    for name, (compiled, _) in _pieces().items():
        source = compiled.py_func.__code__.co_filename
        facts += [name, source, str(os.stat(source).st_mtime)]
    digest = hashlib.sha256("\n".join(facts).encode()).hexdigest()[:16]
    return cache_folder() / f"compiled-{digest}"


def main() -> None:
    """Compiles everything and says where to."""
    parser = argparse.ArgumentParser(
        prog="python -m dota_env_rpc.compile",
        description="Compiles the rules ahead of the first match, as for an image.")
    parser.add_argument(
        "--processes", type=int,
        help="processes that compile; by default one a processor, 4 at most")
    arguments = parser.parse_args()
    if arguments.processes is not None and arguments.processes < 1:
        parser.error(f"--processes is {arguments.processes}, but must be at least 1")
    if INTERPRETED:
        parser.error("NUMBA_DISABLE_JIT is set: the rules run without being compiled")
    started = time.monotonic()
    compile_entries(arguments.processes)
    print(f"Compiled in {time.monotonic() - started:.0f} s into {cache_folder()}")


if __name__ == "__main__":
    main()
