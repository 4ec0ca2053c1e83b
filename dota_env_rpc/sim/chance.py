"""The match's random stream, kept in its state so that copying the state copies the luck.

Two multiplicative generators are combined (P. L'Ecuyer, "Efficient and Portable Combined Random
Number Generators", 1988): every product fits in 63 bits, so that compiled and interpreted rules
draw the same numbers. The period is 2.3e18.
"""

import numpy as np

from dota_env_rpc.match.rule import inlined, rule

MODULUS_A = 2147483563
MODULUS_B = 2147483399
LOWEST_32 = (1 << 32) - 1
# How often the halves of a seed are mixed into each other: each bit reaches all others in four.
NUM_ROUNDS = 4
# What the chance of a try grows by with each, for chances of 0 %, 5 %, ... 100 %: computed so
# that the mean chance is right. In between it is interpolated.
PSEUDO_RANDOM_STEP = 0.05
PSEUDO_RANDOM_CONSTANTS = np.array([
    0.0, 0.003802, 0.014746, 0.032221, 0.055704, 0.084744, 0.118949, 0.157983, 0.201547, 0.249307,
    0.302103, 0.360398, 0.42265, 0.481125, 0.571429, 0.666667, 0.75, 0.823529, 0.888889, 0.947368,
    1.0])


@rule
def seed_stream(state, seed):
    """Starts the stream at `seed`, 0 to 2**63 - 1; near seeds give unrelated streams."""
    first = int(seed) >> 32
    second = int(seed) & LOWEST_32
    for turn in range(NUM_ROUNDS):
        mixed = first ^ _scramble(second ^ turn)
        first = second
        second = mixed
    state.random_a = first % (MODULUS_A - 1) + 1
    state.random_b = second % (MODULUS_B - 1) + 1


@rule
def _scramble(bits):
    """Returns 32 bits of which each depends on all of `bits`; no product exceeds 62 bits.

    Source: the shifts and factors are those of a hash of C. Wellons, "Prospecting for Hash
    Functions", 2018.
    """
    bits = ((bits ^ (bits >> 15)) * 0x2C1B3C6D) & LOWEST_32
    bits = ((bits ^ (bits >> 12)) * 0x297A2D39) & LOWEST_32
    return bits ^ (bits >> 15)


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


@rule
def pseudo_random_chance(state, tries, chance):
    """As `pseudo_random`, for a mean chance of 0 to 1 instead of its constant."""
    if chance <= 0.0:
        return False
    if chance >= 1.0:
        return True
    place = chance / PSEUDO_RANDOM_STEP
    low = int(place)
    constant = PSEUDO_RANDOM_CONSTANTS[low] + (place - low) * (
        PSEUDO_RANDOM_CONSTANTS[low + 1] - PSEUDO_RANDOM_CONSTANTS[low])
    return pseudo_random(state, tries, constant)
