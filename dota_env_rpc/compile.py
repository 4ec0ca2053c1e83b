"""Compiles all entries of the rules ahead of their first call: `python -m dota_env_rpc.compile`.

Several processes compile at once, each one entry at a time, into the cache of match/rule.py.
Which types an entry takes is found by playing a match whose entries do nothing but note how they
are called.
"""

import argparse
import collections
import contextlib
import fcntl
import functools
import gc
import hashlib
import importlib
import os
import pathlib
import queue
import subprocess
import sys
import threading
import time

from absl import logging
from llvmlite import binding
import numba
from numba.core import event
import tqdm

from dota_env_rpc.backends.simulated import SimulatedBackend
from dota_env_rpc.match.rule import ENTRIES, INTERPRETED, cache_folder
from dota_env_rpc.tasks.seat import ACTION_SPACES, EXTRAS
from dota_env_rpc.tasks.task import load_task, task_names

WHY = "Compiling the rules, once for this version"
# More processes than this would wait for the one that compiles the largest entry.
MAX_PROCESSES = 4
CALLED_FROM = ("dota_env_rpc.backends.", "dota_env_rpc.protocols.", "dota_env_rpc.tasks.")


def ensure_compiled() -> None:
    """Compiles all entries if this version never did on this kind of processor.

    Says so on standard error if that is a terminal, and in the log. Processes that come here
    together wait for the one that compiles.
    """
    if not INTERPRETED and not _marker().exists():
        logging.info("%s: this takes about half a minute", WHY)
        compile_entries()


def compile_entries(processes: int | None = None) -> None:
    """Compiles all entries that are not in the cache; shows the progress on a terminal.

    Args:
        processes: How many processes compile; None for one a processor, 4 at most.

    Raises:
        RuntimeError: an entry cannot be compiled; standard error says why.
    """
    with open(cache_folder() / "lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if _marker().exists():
            return
        names = [_name(compiled) for compiled in _entries()]
        processes = processes or min(os.cpu_count() or 1, MAX_PROCESSES)
        bar = tqdm.tqdm(
            total=len(names), desc=WHY, disable=None,
            bar_format="{desc}: {n_fmt} of {total_fmt} entries [{elapsed}]{postfix}")
        with bar, contextlib.ExitStack() as stack:
            _share_out(names, min(processes, len(names)), stack, bar)
        _marker().touch()


def _share_out(names: list[str], processes: int, stack: contextlib.ExitStack, bar) -> None:
    """Gives each process an entry, and another when it is done, until there are no more."""
    messages: queue.SimpleQueue[tuple[_Process, str]] = queue.SimpleQueue()
    waiting = collections.deque(names)
    for _ in range(processes):
        process = stack.enter_context(_Process(messages))
        process.compile(waiting.popleft())
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
        elif message == "entry":
            left -= 1
            bar.update()
            if waiting:
                process.compile(waiting.popleft())
        else:
            raise RuntimeError(f"compiling {process.entry} failed")


class _Process:
    """Another Python that compiles the entries it is told to, and reports on them."""

    def __init__(self, messages: queue.SimpleQueue):
        """Stores where to report to: "rule" for a function read, "entry" for an entry done."""
        self.entry = ""
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

    def compile(self, entry: str) -> None:
        """Starts to compile `entry`."""
        self.entry = entry
        # A process that has died is told of by its closed output.
        with contextlib.suppress(BrokenPipeError):
            self._process.stdin.write(entry + "\n")

    def _listen(self) -> None:
        with self._process.stdout as lines:
            for line in lines:
                self._messages.put((self, line.strip()))
        self._messages.put((self, ""))


def work() -> None:
    """Compiles the entries that standard input names, and reports on standard output."""
    # Little of what a compiler makes is garbage before it ends: looking for it took a sixth of
    # the time. Nor does anybody read how long each function held Numba's locks.
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
    event.install_timer = lambda kind, callback: contextlib.nullcontext()
    event.register("numba:compile", _Reporter())
    entries = {_name(compiled): compiled for compiled in _entries()}
    calls = _calls()
    for line in sys.stdin:
        name = line.strip()
        for types in calls[name]:
            entries[name].compile(types)
        print("entry", flush=True)


class _Reporter(event.Listener):
    """Reports each function that the compiler has read."""

    def on_start(self, event):
        del event

    def on_end(self, event):
        del event
        print("rule", flush=True)


def _calls() -> dict[str, list[tuple]]:
    """Returns how each entry is called: tuples of Numba types by its name.

    This process can play no matches afterward.
    """
    calls: dict[str, list[tuple]] = {}
    for compiled in _entries():
        calls[_name(compiled)] = []
        module = importlib.import_module(compiled.py_func.__module__)
        setattr(module, compiled.__name__, functools.partial(_note, calls[_name(compiled)]))
    for name in task_names():
        task = load_task(name)
        world = {key: setting.default for key, setting in task.world_settings.items()}
        backend = SimulatedBackend(task.match_settings(world))
        for action_space in ACTION_SPACES:
            seat = task.seat(
                backend, seats=task.played_seats[:1], action_space=action_space,
                observations=EXTRAS)
            seat.begin()
            seat.act({})
            backend.advance()
            seat.observe()
    return calls


def _note(calls: list[tuple], *arguments) -> None:
    types = tuple(numba.typeof(argument) for argument in arguments)
    if types not in calls:
        calls.append(types)


def _entries() -> list:
    """Returns the entries that a match calls; tests may have declared others."""
    return [compiled for compiled in ENTRIES
            if compiled.py_func.__module__.startswith(CALLED_FROM)]


def _name(compiled) -> str:
    return f"{compiled.py_func.__module__}.{compiled.__name__}"


@functools.cache
def _marker() -> pathlib.Path:
    """Returns the file that is there when all is compiled.

    Its name tells all that Numba looks at before it uses a cached entry: the Python, the
    processor, and where and of when the entry's source file is.
    """
    facts = [sys.implementation.cache_tag, binding.get_host_cpu_name(),
             binding.get_host_cpu_features().flatten()]
    for compiled in _entries():
        source = compiled.py_func.__code__.co_filename
        facts += [_name(compiled), source, str(os.stat(source).st_mtime)]
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
