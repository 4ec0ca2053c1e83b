"""How Numba compiles rules: as it always does, less the work that nobody asks for.

Numba makes every function ready to be called by itself: it optimizes what the function reaches
and emits machine code for it, again for each function on the way up to an entry. Rules are called
by entries alone. So a rule is only translated (Rule), and an entry takes in the translations of
all that it reaches and optimizes them once (Entry). Rules own no memory and hold no closures, so
counting references and looking for closures is left out too.

A part is a rule that is compiled as an entry is (Part). Its callers know it by its name, and the
linker finds where it lies.

Rule, Entry and Part are pipeline classes for `numba.njit`; functions that are not ours keep
Numba's own way. All this rests on how Numba is built inside. Where it is built otherwise,
importing this module is an ImportError, and rule.py does without.
"""

import functools
import hashlib
import inspect
import operator

import numba
from numba.core import cgutils, codegen, cpu, errors, ir, lowering, registry, types, typing
from numba.core.compiler import Compiler
from numba.core.compiler_machinery import PassManager, register_pass
from numba.core.datamodel import models
from numba.core.ir_utils import build_definitions
from numba.core.typed_passes import (
    NativeLowering,
    NoPythonBackend,
    NopythonTypeInference,
    PreLowerStripPhis,
)
from numba.core.untyped_passes import (
    DeadBranchPrune,
    FixupArgs,
    GenericRewrites,
    IRProcessing,
    ReconstructSSA,
    TranslateByteCode,
)
from numba.extending import intrinsic, register_model
from numba.np import arrayobj

# What is called or replaced below, and its parameters.
EXPECTED = {
    (codegen.CPUCodeLibrary, "finalize"): ["self"],
    (codegen.CPUCodeLibrary, "_finalize_dynamic_globals"): ["self"],
    (codegen.CPUCodeLibrary, "_finalize_final_module"): ["self"],
    (codegen.CPUCodeLibrary, "_get_module_for_linking"): ["self"],
    (codegen.CPUCodeLibrary, "_optimize_final_module"): ["self"],
    (codegen.JITCodeLibrary, "get_pointer_to_function"): ["self", "name"],
    (codegen.JITCPUCodegen, "set_env"): ["self", "env_name", "env"],
    (codegen.JitEngine, "is_symbol_defined"): ["self", "name"],
    (Compiler, "define_pipelines"): ["self"],
    (NativeLowering, "run_pass"): ["self", "state"],
    (NoPythonBackend, "run_pass"): ["self", "state"],
    (PreLowerStripPhis, "_strip_phi_nodes"): ["self", "func_ir"],
    (PreLowerStripPhis, "run_pass"): ["self", "state"],
    (cpu.CPUContext, "install_registry"): ["self", "registry"],
    (cpu.CPUContext, "load_additional_registries"): ["self"],
    (ir.Inst, "_rec_list_vars"): ["self", "val"],
    (lowering.Lower, "incref"): ["self", "typ", "val"],
    (lowering.Lower, "decref"): ["self", "typ", "val"],
    (lowering.Lower, "delvar"): ["self", "name"],
    (typing.Context, "resolve_function_type"): ["self", "func", "args", "kws"],
    (typing.Context, "resolve_value_type"): ["self", "val"],
    (types.Function, "get_call_type"): ["self", "context", "args", "kws"],
    (types.Record, "__init__"): ["self", "fields", "size", "aligned"],
    (arrayobj, "fix_integer_index"): ["context", "builder", "idxty", "idx", "size"],
}
for (_owner, _name), _parameters in EXPECTED.items():
    _found = getattr(_owner, _name, None)
    if _found is None or list(inspect.signature(_found).parameters) != _parameters:
        raise ImportError(f"Numba {numba.__version__} has another {_owner.__name__}.{_name}")


class _ShortRecord(types.Record):
    """A record type whose name does not spell out all its fields: Numba reads names often."""

    def __init__(self, fields, size, aligned):
        super().__init__(fields, size, aligned)
        self.name = f"Record{hashlib.sha256(self.name.encode()).hexdigest()[:16]}"

    def __repr__(self):
        return self.name


register_model(_ShortRecord)(models.RecordModel)


@functools.cache
def record_type(dtype) -> types.Record:
    """Returns the Numba type of a record."""
    return _shortened(numba.from_dtype(dtype))


def _shortened(given):
    if isinstance(given, types.Record):
        fields = [
            (name, {**field._asdict(), "type": _shortened(field.type)})
            for name, field in given.fields.items()]
        return _ShortRecord(fields, given.size, given.aligned)
    if isinstance(given, types.NestedArray):
        return types.NestedArray(_shortened(given.dtype), given.shape)
    return given


_BRACKETS = (operator.getitem, operator.setitem)

# What Numba found for one of its functions and types of arguments: a signature, or an error.
_found_signatures: dict[tuple, object] = {}


class _TypingContext(typing.Context):
    """Numba's own context, sharing all that it knows, with two habits more.

    It remembers which `+` goes with which types; Numba tries all that it has each time. And rules
    take plain numbers: neither a constant nor a member of an enum makes another version of one.
    """

    def __init__(self, shared: typing.Context):
        self.__dict__ = shared.__dict__

    def resolve_function_type(self, func, args, kws):
        """Returns the signature of a call."""
        # What stands for brackets comes as itself, without a type.
        if not kws and (isinstance(func, types.Function) or func in _BRACKETS):
            key = (func, tuple(args))
            if key not in _found_signatures:
                _found_signatures[key] = super().resolve_function_type(func, args, kws)
            return _found_signatures[key]
        if isinstance(func, types.Dispatcher) and _is_rule(func.dispatcher):
            args = tuple(_plain(arg) for arg in args)
            kws = {name: _plain(arg) for name, arg in dict(kws).items()}
        return super().resolve_function_type(func, args, kws)


class _LoweringContext(_TypingContext):
    """The same for the time when code is written: Numba then asks its functions themselves."""

    def resolve_value_type(self, val):
        """Returns the type of a Python value."""
        found = super().resolve_value_type(val)
        return _function(found) if type(found) is types.Function else found


class _Function(types.Function):
    """A function of Numba's, sharing all that it knows, which remembers what it was asked."""

    def __init__(self, shared: types.Function):
        self.__dict__ = shared.__dict__

    def get_call_type(self, context, args, kws):
        """Returns the signature of a call."""
        if kws:
            return super().get_call_type(context, args, kws)
        key = (self, tuple(args))
        if key not in _found_signatures:
            try:
                _found_signatures[key] = super().get_call_type(context, args, kws)
            except errors.TypingError as error:
                _found_signatures[key] = error
        if isinstance(_found_signatures[key], errors.TypingError):
            raise _found_signatures[key]
        return _found_signatures[key]


@functools.cache
def _typing_context(shared):
    return _TypingContext(shared)


@functools.cache
def _lowering_context(shared):
    return _LoweringContext(shared)


@functools.cache
def _function(shared):
    return _Function(shared)


def _is_rule(dispatcher) -> bool:
    return dispatcher._compiler.pipeline_class is Rule


def _plain(given):
    """Returns the type as which a value of type `given` is passed to a rule."""
    given = types.unliteral(given)
    if isinstance(given, types.IntEnumMember):
        given = given.dtype
    if isinstance(given, types.Integer) and (given.signed or given.bitwidth < 64):
        return types.int64
    return given


_any_index = arrayobj.fix_integer_index


def _index(context, builder, idxty, idx, size):
    """Writes the code of an index: those of rules count from the start, and are never negative."""
    if isinstance(context.typing_context, _LoweringContext):
        return context.cast(builder, idx, idxty, types.intp)
    return _any_index(context, builder, idxty, idx, size)


arrayobj.fix_integer_index = _index


class _Lower(lowering.Lower):
    """Writes the code of a function without counting references."""

    def incref(self, typ, val):
        """Does nothing."""

    def decref(self, typ, val):
        """Does nothing."""

    def delvar(self, name):
        """Does nothing."""


@register_pass(mutates_CFG=True, analysis_only=False)
class _Lowering(NativeLowering):
    """Numba's last step but one, which writes the code of a function into its library."""

    _name = "rule_lowering"

    @property
    def lowering_class(self):
        return _Lower

    def run_pass(self, state):
        state.targetctx = state.targetctx.subtarget(
            enable_nrt=False, typing_context=_lowering_context(state.typingctx))
        return super().run_pass(state)


class _RuleLibrary(codegen.JITCodeLibrary):
    """The translation of one rule, and which others it needs."""

    def __init__(self, codegen, name):
        super().__init__(codegen, name)
        # Names and environments to tell the entry that takes the rule in.
        self.environments: list[tuple] = []
        self._merged = None

    @property
    def codegen(self):
        """What Numba tells the rule's environment once the code is written: this library."""
        return self

    def set_env(self, env_name, env):
        """Keeps an environment: there is no machine code yet that could refer to it."""
        self.environments.append((env_name, env))

    def finalize(self):
        """Ends the translation."""
        self._raise_if_finalized()
        self._finalize_dynamic_globals()
        for function in self._final_module.functions:
            if not function.is_declaration and function.linkage.name == "external":
                function.linkage = "linkonce_odr"
        for library in self._linking_libraries:
            self._reload_init.update(library._reload_init)
        self._finalized = True

    def get_pointer_to_function(self, name):
        """Returns what stands for no function: a rule has no machine code."""
        self._ensure_finalized()
        return 0

    def translation(self):
        """Returns the LLVM module that holds this rule alone."""
        self._ensure_finalized()
        return self._final_module

    def _get_module_for_linking(self):
        """Returns a module with all that the rule reaches, for a function that is not ours."""
        if self._merged is None:
            self._merged = self.translation().clone()
            for library in _reached(self):
                self._merged.link_in(_translation(library), preserve=True)
        return self._merged


class _EntryLibrary(codegen.JITCodeLibrary):
    """The machine code of an entry with all that it reaches."""

    def finalize(self):
        """Takes the rules in, optimizes and compiles."""
        self._codegen._check_llvm_bugs()
        self._raise_if_finalized()
        reached = _reached(self)
        for library in reached:
            self._reload_init.update(library._reload_init)
            self._final_module.link_in(_translation(library), preserve=True)
        # Nobody else calls these: LLVM may see through all calls, and fold in what is called once.
        for function in self._final_module.functions:
            if function.linkage.name == "linkonce_odr":
                function.linkage = "internal"
        self._optimize_final_module()
        self._final_module.verify()
        self._finalize_final_module()
        for library in reached:
            if isinstance(library, _RuleLibrary):
                for name, environment in library.environments:
                    if self._codegen._engine.is_symbol_defined(name):
                        self._codegen.set_env(name, environment)


def _reached(library) -> list:
    """Returns the libraries that `library` needs, each once; Numba's own bring theirs along."""
    reached: dict = {}
    waiting = list(library._linking_libraries)
    while waiting:
        other = waiting.pop()
        if other not in reached:
            reached[other] = None
            if isinstance(other, _RuleLibrary):
                waiting.extend(other._linking_libraries)
    return list(reached)


def _translation(library):
    if isinstance(library, _RuleLibrary):
        return library.translation()
    return library._get_module_for_linking()


@register_pass(mutates_CFG=True, analysis_only=False)
class _StripPhis(PreLowerStripPhis):
    """Numba's last step before code is written, less what it finds out for code that frees."""

    _name = "rule_strip_phis"

    def run_pass(self, state):
        state.func_ir = self._strip_phi_nodes(state.func_ir)
        state.func_ir._definitions = build_definitions(state.func_ir.blocks)
        return True


class _Pipeline(Compiler):
    """The passes that rules need of Numba's, with a library of ours to hold the result."""

    PASSES = (
        TranslateByteCode, FixupArgs, IRProcessing, GenericRewrites, ReconstructSSA,
        DeadBranchPrune, NopythonTypeInference, _StripPhis, _Lowering, NoPythonBackend)
    library_class: type

    def define_pipelines(self):
        """Returns the passes, in order."""
        state = self.state
        state.typingctx = _typing_context(state.typingctx)
        state.library = self.library_class(
            state.targetctx.codegen(), state.func_id.func_qualname)
        state.library.enable_object_caching()
        passes = PassManager("rules")
        for compiler_pass in self.PASSES:
            passes.add_pass(compiler_pass, compiler_pass.__name__)
        passes.finalize()
        return [passes]


class Rule(_Pipeline):
    """Translates a rule."""

    library_class = _RuleLibrary


class Entry(_Pipeline):
    """Compiles an entry."""

    library_class = _EntryLibrary


@register_pass(mutates_CFG=True, analysis_only=False)
class _PartBackend(NoPythonBackend):
    """Numba's last step, which keeps the result: without the records, which cost time to load."""

    _name = "part_backend"

    def run_pass(self, state):
        state.args = state.cr.fndesc.argtypes = state.func_id.func.part.key
        return super().run_pass(state)


class Part(Entry):
    """Compiles a part, whose signature is its own affair."""

    PASSES = (*_Pipeline.PASSES[:-1], _PartBackend)

    def define_pipelines(self):
        """Returns the passes, in order."""
        signature = self.state.func_id.func.part.signature
        self.state.args = signature.args
        self.state.return_type = signature.return_type
        return super().define_pipelines()


def caller(part):
    """Returns what stands for a part in rules: a call of the function that bears its name."""
    def call(typing_context, *given, **named):
        del typing_context, given, named
        part.load()
        return part.signature, write

    def write(context, builder, signature, values):
        context.active_code_library._reload_init.add(part.loader)
        convention = context.call_conv
        function = cgutils.get_or_insert_function(
            builder.module, convention.get_function_type(signature.return_type, signature.args),
            part.name)
        status, result = convention.call_function(
            builder, function, signature.return_type, signature.args, values)
        with cgutils.if_unlikely(builder, status.is_error):
            convention.return_status_propagate(builder, status)
        return result

    parameters = inspect.signature(part.compiled.py_func).parameters.values()
    call.__signature__ = inspect.Signature([
        inspect.Parameter("typing_context", inspect.Parameter.POSITIONAL_ONLY),
        *(parameter.replace(annotation=parameter.empty) for parameter in parameters)])
    return intrinsic(call)


def hasten() -> None:
    """Spares Numba more of its work, in a process that does nothing but compile rules.

    It imports all that it might know at each function that it sees for the first time, and asks
    texts, numbers and places in sources for the variables that are in them.
    """
    registry.cpu_target.target_context.refresh()
    cpu.CPUContext.load_additional_registries = lambda self: [
        self.install_registry(known) for known in list(self._registries)]
    list_vars = ir.Inst._rec_list_vars
    without = {ir.Loc, str, int, float, bool, type(None)}
    ir.Inst._rec_list_vars = lambda self, val: [] if type(val) in without else list_vars(self, val)
