"""The one way in which rules are compiled.

`rule` marks a function that runs inside a tick; `entry` marks one that Python calls. Entries are
compiled by Numba on first use, with all the rules they reach, and kept in a cache folder that is
named after a digest of every source that can reach compiled code: Numba itself does not notice
an edit in a called module. A large rule that several entries reach is a `part`: it is compiled by
itself, once, and they call it where it lies.

Set NUMBA_DISABLE_JIT=1 to run the same rules as plain Python; they give the same match.
"""

from collections.abc import Mapping, Sequence
import functools
import hashlib
import inspect
import os
import pathlib
import tempfile
import types as python_types

from llvmlite import binding
import numba
from numba.core import types
from numba.extending import intrinsic
import numpy as np

try:
    from dota_env_rpc.match import compiler
except ImportError:
    compiler = None

# Folders of the package whose functions are compiled.
COMPILED_FOLDERS = ("match", "data", "protocols", "sim", "bots", "backends", "tasks")

# Whether this Numba can be spared the work that rules do not need.
FAST = compiler is not None

INTERPRETED = bool(numba.config.DISABLE_JIT)
BOUNDS_CHECKED = os.environ.get("DOTA_ENV_RPC_BOUNDSCHECK") == "1"

# Every entry declared so far, for whoever compiles them ahead of time.
ENTRIES: list = []

# Every part declared so far, by its name.
PARTS: dict[str, "Part"] = {}

# The record declared last under each name.
RECORDS: dict[str, np.dtype] = {}

_PLAIN = {int: types.int64, float: types.float64, bool: types.boolean, None: types.none}


def source_digest() -> str:
    """Returns 16 hex digits that change when any source of compiled code does."""
    digest = hashlib.sha256(f"numba {numba.__version__} {BOUNDS_CHECKED}".encode())
    package = pathlib.Path(__file__).resolve().parent.parent
    for folder in COMPILED_FOLDERS:
        for path in sorted((package / folder).rglob("*.py")) + sorted(
                (package / folder).rglob("rules.json")):
            digest.update(path.relative_to(package).as_posix().encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


@functools.cache
def cache_folder() -> pathlib.Path:
    """Returns the folder that holds this version's machine code, created if need be.

    DOTA_ENV_RPC_CACHE names its parent; without it, the user's cache folder, and where that
    cannot be written the system's temporary folder.
    """
    named = os.environ.get("DOTA_ENV_RPC_CACHE")
    user = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
    parents = [named] if named else [
        os.path.join(user, "dota_env_rpc"),
        os.path.join(tempfile.gettempdir(), f"dota_env_rpc-{os.getuid()}"),
    ]
    for parent in parents:
        folder = pathlib.Path(parent) / source_digest()
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError:
            continue
        if os.access(folder, os.W_OK):
            return folder
    raise OSError(
        f"no folder for compiled rules: cannot write to {' or '.join(parents)}; "
        "set DOTA_ENV_RPC_CACHE to a folder that can be written")


def entry(function):
    """Compiles a function that Python calls; its machine code is kept in the cache."""
    compiled = _compile(function, "Entry", cache=True)
    ENTRIES.append(compiled)
    return compiled


def direct(compiled):
    """Returns what calls an entry with positional arguments, without Numba's look at their types.

    That look would take half of such a call. The entry is loaded now, or compiled.
    """
    if INTERPRETED:
        return compiled
    types = argument_types(compiled, RECORDS)
    compiled.compile(types)
    return compiled.overloads[types].entry_point


def rule(function):
    """Compiles a function that only entries and other rules call, as a part of them.

    With the compiler on, Python cannot call it: it has no wrapper, which saves a fifth of the
    time that compiling takes. `function.py_func` is its plain Python.
    """
    return _compile(function, "Rule", no_cpython_wrapper=True, no_cfunc_wrapper=True)


def inlined(function):
    """As `rule`, for small formulas that LLVM should always fold into their caller."""
    return _compile(
        function, "Rule", forceinline=True, no_cpython_wrapper=True, no_cfunc_wrapper=True)


def part(function):
    """As `rule`, for a large one that is called seldom: it has machine code of its own.

    So whatever calls it is compiled without it, in another process at the same time, and it is
    compiled once however many entries reach it. A parameter that bears the name of a record
    (`state` for STATE) is one, and another is an int unless it is annotated: as float, bool, or
    the dtype of a record. So is the function itself, as what it returns, if anything.
    """
    return Part(function).call if FAST and not INTERPRETED else rule(function)


class Part:
    """A rule with machine code of its own.

    Attributes:
        compiled: The rule.
        key: The types that it is compiled and kept under. They are not those that it takes, as
            records cost time to load.
        call: What stands for it in other rules.
    """

    def __init__(self, function):
        """Declares the rule: it is compiled when another that calls it is, or ahead of that."""
        self.name = f"{function.__module__}.{function.__name__}"
        self.compiled = _compile(
            function, "Part", cache=True, no_cpython_wrapper=True, no_cfunc_wrapper=True)
        self.key = (types.int64,) * len(inspect.signature(function).parameters)
        self.loader = functools.partial(load_part, self.name)
        self.call = compiler.caller(self)
        function.part = self
        PARTS[self.name] = self

    @functools.cached_property
    def signature(self):
        """What the rule takes and returns."""
        returned = inspect.signature(self.compiled.py_func).return_annotation
        return _type(None if returned is inspect.Signature.empty else returned)(
            *argument_types(self.compiled, RECORDS))

    def load(self) -> None:
        """Makes the machine code known, and compiles it if it is not in the cache."""
        if binding.address_of_symbol(self.name) is None:
            self.compiled.compile(self.key)
            (made,) = self.compiled.overloads.values()
            binding.add_symbol(
                self.name, made.library.get_pointer_to_function(made.fndesc.llvm_func_name))

    def pretend(self) -> None:
        """Makes a place known where no code is, for who compiles callers that are not called."""
        binding.add_symbol(self.name, 1)


def load_part(name: str) -> None:
    """Loads the part of this name, whose callers call it by that."""
    PARTS[name].load()


def argument_types(compiled, records: Mapping[str, np.dtype]) -> tuple:
    """Returns the types that an entry or part takes: as annotated, of `records`, or int."""
    return tuple(
        _type(records.get(parameter.name.upper(), int)
              if parameter.annotation is parameter.empty else parameter.annotation)
        for parameter in inspect.signature(compiled.py_func).parameters.values())


def _type(annotation):
    if isinstance(annotation, types.Type):
        return annotation
    if isinstance(annotation, np.dtype):
        return compiler.record_type(annotation)
    return _PLAIN[annotation]


def array_of(dtype: str, dimensions: int):
    """Returns how a parameter of an entry is annotated that takes a whole array."""
    return types.Array(numba.from_dtype(np.dtype(dtype)), dimensions, "C")


def _compile(function, pipeline, **options):
    if INTERPRETED:
        return function
    if FAST:
        options["pipeline_class"] = getattr(compiler, pipeline)
    # The setting is global to Numba and read when a function is declared: others' stays theirs.
    previous = numba.config.CACHE_DIR
    numba.config.CACHE_DIR = str(cache_folder())
    try:
        return numba.njit(
            nogil=True, error_model="numpy", boundscheck=BOUNDS_CHECKED, **options)(function)
    finally:
        numba.config.CACHE_DIR = previous


def record(fields, name: str = "") -> np.dtype:
    """Returns the packed record dtype of `fields`, whose elements give fields as attributes.

    Raises:
        ValueError: a field is named like an attribute of numpy.record, which would hide it.
    """
    hidden = [field[0] for field in fields if hasattr(np.record, field[0])]
    if hidden:
        raise ValueError(f"{name or 'record'}: fields {hidden} are attributes of numpy.record")
    dtype = np.dtype((np.record, np.dtype(fields)))
    if name:
        RECORDS[name] = dtype
    return dtype


def record_at(dtype: np.dtype):
    """Returns a rule that turns an address (int) into the `dtype` record that lies there.

    Passing an address costs a tenth of what passing a record does. With the compiler off there
    are no addresses: what is given is the array, whose first record is returned.
    """
    if INTERPRETED:
        return lambda given: given[0]
    make_type = compiler.record_type if FAST else numba.from_dtype

    @intrinsic
    def at(typing_context, address):
        del typing_context, address
        # Made here, as what is found in the cache needs none: large records take their time.
        record_type = make_type(dtype)

        def codegen(context, builder, signature, args):
            del signature
            return builder.inttoptr(args[0], context.get_value_type(record_type))

        return record_type(types.intp), codegen

    return at


def element_at(dtype: np.dtype):
    """Returns a rule `(first, index)` for the index-th record of an array at address `first`."""
    if INTERPRETED:
        return lambda given, index: given[index]
    at = record_at(dtype)
    size = dtype.itemsize

    @rule
    def element(first, index):
        return at(first + index * size)

    return element


def address(array: np.ndarray):
    """Returns what stands for `array` in a call of an entry: its address, or itself if interpreted.

    The caller keeps `array` alive during the call.
    """
    return array if INTERPRETED else array.ctypes.data


class Arguments:
    """All that an entry is called with, as one argument: each by itself costs 50 ns a call.

    Attributes:
        at: Rule that turns what `pack` returns into a record with a field for each name.
    """

    def __init__(self, names: Sequence[str]):
        """Stores the names; each argument is an integer or what `address` returns."""
        self._dtype = record([(name, "i8") for name in names], "arguments")
        self.at = (lambda given: given) if INTERPRETED else record_at(self._dtype)

    def pack(self, **values):
        """Returns the arguments in memory: what `address` makes an entry's argument of."""
        if INTERPRETED:
            return python_types.SimpleNamespace(**values)
        packed = np.zeros(1, self._dtype)
        for name, value in values.items():
            packed[name] = value
        return packed
