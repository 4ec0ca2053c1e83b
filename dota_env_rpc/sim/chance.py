"""The match's random stream, kept in its state so that copying the state copies the luck.

Two multiplicative generators are combined (P. L'Ecuyer, "Efficient and Portable Combined Random
Number Generators", 1988): every product fits in 63 bits, so that compiled and interpreted rules
draw the same numbers. The period is 2.3e18.
"""

from dota_env_rpc.match.rule import inlined, rule

MODULUS_A = 2147483563
MODULUS_B = 2147483399


@rule
def seed_stream(state, seed):
    """Starts the stream at `seed`, 0 to 2**63 - 1; near seeds give unrelated streams."""
    state.random_a = (seed % 2147483562) + 1
    state.random_b = ((seed // 2147483562) * 69069 + seed * 31 % 1000003) % 2147483398 + 1
    for _ in range(16):
        uniform(state)


@rule
def uniform(state):
    """Draws a number from 0 up to 1 without 1."""
    state.random_a = (40014 * state.random_a) % MODULUS_A
    state.random_b = (40692 * state.random_b) % MODULUS_B
    drawn = state.random_a - state.random_b
    if drawn < 1:
        drawn += MODULUS_A - 1
    return (drawn - 1) / 2147483562.0


@rule
def uniform_between(state, low, high):
    """Draws a whole number from `low` to `high`, both included, as a float."""
    if high <= low:
        return low
    return low + float(int(uniform(state) * (high - low + 1.0)))


@inlined
def pseudo_random(state, tries, constant):
    """Draws a try of the pseudo-random distribution: succeeds with chance `constant * tries`.

    tries: tries since the last success, this one included, at least 1.
    Source: Liquipedia random_distribution@2376760.
    """
    return uniform(state) < constant * tries
