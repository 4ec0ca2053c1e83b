"""The words in which behavior is written, as numbers that the rules read.

Properties, events and states bear Valve's names without their prefix. content/ writes them,
sim/ carries them out; docs/content.md says what each of them does.
"""

import enum

NONE = -1  # no block, expression, modifier or row
# What stands for an Instruction behind the last one of an expression.
END_OF_EXPRESSION = -1
# How many values an owned ability may use.
MAX_ABILITY_VALUES = 40
MAX_INTRINSICS = 4
NUM_TALENTS = 8
# What changes a value.
CHANGE_BY_TALENT, CHANGE_BY_SCEPTER, CHANGE_BY_SHARD, CHANGE_BY_HERO_LEVEL = range(4)


class Standard(enum.IntEnum):
    """Values that every ability has, at these places before those that its content names."""

    COOLDOWN = 0
    MANA_COST = 1
    CAST_RANGE = 2
    CAST_POINT = 3
    CHANNEL_TIME = 4
    DURATION = 5
    CHARGES = 6
    CHARGE_RESTORE_TIME = 7
    DAMAGE = 8
    HEALTH_COST = 9


class Property(enum.IntEnum):
    """MODIFIER_PROPERTY_* that the rules know; see STACKING for how several add up."""

    PREATTACK_BONUS_DAMAGE = 0
    BASEATTACK_BONUSDAMAGE = 1
    BASEDAMAGEOUTGOING_PERCENTAGE = 2
    DAMAGEOUTGOING_PERCENTAGE = 3
    ATTACKSPEED_BONUS_CONSTANT = 4
    ATTACKSPEED_PERCENTAGE = 5
    BASE_ATTACK_TIME_CONSTANT = 6
    ATTACK_RANGE_BONUS = 7
    CAST_RANGE_BONUS = 8
    MOVESPEED_BONUS_CONSTANT = 9
    MOVESPEED_BONUS_UNIQUE = 10
    MOVESPEED_BONUS_PERCENTAGE = 11
    MOVESPEED_BONUS_PERCENTAGE_UNIQUE = 12
    MOVESPEED_ABSOLUTE = 13
    MOVESPEED_ABSOLUTE_MIN = 14
    IGNORE_MOVESPEED_LIMIT = 15
    PHYSICAL_ARMOR_BONUS = 16
    MAGICAL_RESISTANCE_BONUS = 17
    STATUS_RESISTANCE_STACKING = 18
    SLOW_RESISTANCE_STACKING = 19
    EVASION_CONSTANT = 20
    MISS_PERCENTAGE = 21
    ACCURACY_PERCENTAGE = 22
    HEALTH_BONUS = 23
    MANA_BONUS = 24
    HEALTH_REGEN_CONSTANT = 25
    HEALTH_REGEN_PERCENTAGE = 26
    MANA_REGEN_CONSTANT = 27
    MANA_REGEN_TOTAL_PERCENTAGE = 28
    STATS_STRENGTH_BONUS = 29
    STATS_AGILITY_BONUS = 30
    STATS_INTELLECT_BONUS = 31
    SPELL_AMPLIFY_PERCENTAGE = 32
    SPELL_AMPLIFY_PERCENTAGE_UNIQUE = 33
    INCOMING_DAMAGE_PERCENTAGE = 34
    INCOMING_PHYSICAL_DAMAGE_PERCENTAGE = 35
    INCOMING_SPELL_DAMAGE_PERCENTAGE = 36
    TOTALDAMAGEOUTGOING_PERCENTAGE = 37
    COOLDOWN_PERCENTAGE = 38
    MANACOST_PERCENTAGE = 39
    CASTTIME_PERCENTAGE = 40
    TURN_RATE_PERCENTAGE = 41
    BONUS_DAY_VISION = 42
    BONUS_NIGHT_VISION = 43
    BONUS_VISION_PERCENTAGE = 44
    PROJECTILE_SPEED_BONUS = 45
    LIFESTEAL_PERCENTAGE = 46
    SPELL_LIFESTEAL_PERCENTAGE = 47
    HEAL_AMPLIFY_PERCENTAGE_SOURCE = 48
    HEAL_AMPLIFY_PERCENTAGE_TARGET = 49
    HP_REGEN_AMPLIFY_PERCENTAGE = 50
    MIN_HEALTH = 51
    ABSOLUTE_NO_DAMAGE_PHYSICAL = 52
    ABSOLUTE_NO_DAMAGE_MAGICAL = 53
    ABSOLUTE_NO_DAMAGE_PURE = 54
    DISABLE_HEALING = 55
    TRUE_SIGHT_RADIUS = 56
    AOE_BONUS_CONSTANT = 57
    EXTRA_HEALTH_PERCENTAGE = 58
    BASE_ATTACK_TIME_PERCENTAGE = 59
    STATS_STRENGTH_BONUS_PERCENTAGE = 60
    STATS_AGILITY_BONUS_PERCENTAGE = 61
    STATS_INTELLECT_BONUS_PERCENTAGE = 62
    PHYSICAL_ARMOR_BASE_PERCENTAGE = 63
    # Attacks of who has it fly, at this speed; 0 leaves them as they are.
    ATTACKS_BECOME_RANGED = 64
    MP_REGEN_AMPLIFY_PERCENTAGE = 65
    SPELL_LIFESTEAL_OF_PURE = 66
    STATUS_RESISTANCE_CASTER = 67
    ATTACKS_BECOME_MELEE = 68
    MOVESPEED_BASE_OVERRIDE = 69
    ATTACK_RANGE_BASE_OVERRIDE = 70
    EXTRA_MANA_PERCENTAGE = 71
    # What the Sange and Kaya families give, of which the best counts alone.
    RESTORATION_PERCENTAGE_UNIQUE = 72
    MP_REGEN_AMPLIFY_PERCENTAGE_UNIQUE = 73
    SLOW_RESISTANCE_UNIQUE = 74
    MOVESPEED_LIMIT = 75
    # What takes from regeneration and heals, which is kept apart from what adds to them.
    HP_REGEN_REDUCE_PERCENTAGE = 76
    HEAL_REDUCE_PERCENTAGE_TARGET = 77
    # How wide a unit sees, in degrees ahead of it; 0 for all around.
    VISION_DEGREES = 78
    # What is added to whatever else blocks an attack.
    PHYSICAL_BLOCK_BONUS = 79
    # From here on they are asked when they are needed, with the event's target and amount.
    PREATTACK_CRITICALSTRIKE = 80
    PROCATTACK_BONUS_DAMAGE_PHYSICAL = 81
    PROCATTACK_BONUS_DAMAGE_MAGICAL = 82
    PROCATTACK_BONUS_DAMAGE_PURE = 83
    PHYSICAL_CONSTANT_BLOCK = 84
    TOTAL_CONSTANT_BLOCK = 85
    AVOID_DAMAGE = 86
    CANNOT_MISS = 87
    INCOMING_DAMAGE_FROM = 88
    PREATTACK_BONUS_DAMAGE_TARGET = 89
    OUTGOING_DAMAGE_TO = 90
    # Kept in register 0 of the modifier, which goes when it is used up.
    BARRIER_PHYSICAL = 91
    BARRIER_MAGICAL = 92
    BARRIER_ALL = 93
    ABSORB_SPELL = 94
    ATTACK_MARK = 95
    SPELL_LIFESTEAL_FROM = 96
    # Asked of the attacked, about the attacker as `target`.
    ATTACKED_WITHOUT_MISS = 97
    # Seconds after which who dies comes back where it fell, 0 where it does not.
    REINCARNATION = 98
    # The part of magic resistance that comes with debuff immunity: what pierces that ignores it.
    MAGICAL_RESISTANCE_OF_IMMUNITY = 99


NUM_PROPERTIES = 80
NUM_ASKED = len(Property) - NUM_PROPERTIES


class Stacking(enum.IntEnum):
    """How what several modifiers give to one property becomes one number."""

    SUM = 0
    LARGEST = 1
    DIMINISHING = 2  # percentages: 1 - (1 - a)(1 - b)...
    NONZERO = 3  # the last one given


STACKING = {
    Property.MOVESPEED_BONUS_UNIQUE: Stacking.LARGEST,
    Property.MOVESPEED_BONUS_PERCENTAGE_UNIQUE: Stacking.LARGEST,
    Property.SPELL_AMPLIFY_PERCENTAGE_UNIQUE: Stacking.LARGEST,
    Property.MIN_HEALTH: Stacking.LARGEST,
    Property.TRUE_SIGHT_RADIUS: Stacking.LARGEST,
    Property.VISION_DEGREES: Stacking.NONZERO,
    Property.MOVESPEED_ABSOLUTE: Stacking.NONZERO,
    Property.MOVESPEED_ABSOLUTE_MIN: Stacking.LARGEST,
    Property.BASE_ATTACK_TIME_CONSTANT: Stacking.NONZERO,
    Property.ATTACKS_BECOME_RANGED: Stacking.NONZERO,
    Property.MOVESPEED_BASE_OVERRIDE: Stacking.NONZERO,
    Property.ATTACK_RANGE_BASE_OVERRIDE: Stacking.NONZERO,
    Property.MOVESPEED_LIMIT: Stacking.NONZERO,
    Property.RESTORATION_PERCENTAGE_UNIQUE: Stacking.LARGEST,
    Property.MP_REGEN_AMPLIFY_PERCENTAGE_UNIQUE: Stacking.LARGEST,
    Property.SLOW_RESISTANCE_UNIQUE: Stacking.LARGEST,
    Property.HP_REGEN_AMPLIFY_PERCENTAGE: Stacking.DIMINISHING,
    Property.HEAL_AMPLIFY_PERCENTAGE_TARGET: Stacking.DIMINISHING,
    Property.HP_REGEN_REDUCE_PERCENTAGE: Stacking.DIMINISHING,
    Property.HEAL_REDUCE_PERCENTAGE_TARGET: Stacking.DIMINISHING,
    Property.MAGICAL_RESISTANCE_BONUS: Stacking.DIMINISHING,
    Property.STATUS_RESISTANCE_STACKING: Stacking.DIMINISHING,
    Property.SLOW_RESISTANCE_STACKING: Stacking.DIMINISHING,
    Property.EVASION_CONSTANT: Stacking.DIMINISHING,
    Property.ACCURACY_PERCENTAGE: Stacking.DIMINISHING,
    Property.COOLDOWN_PERCENTAGE: Stacking.DIMINISHING,
    Property.MANACOST_PERCENTAGE: Stacking.DIMINISHING,
}


class AbilityEvent(enum.IntEnum):
    """What happens to an ability or item, each with a list of actions."""

    OnSpellStart = 0
    OnChannelThink = 1
    OnChannelFinish = 2  # ended in time or not; `amount` is the seconds that it lasted
    OnChannelInterrupted = 3
    OnChannelSucceeded = 4
    OnToggleOn = 5
    OnToggleOff = 6
    OnOrbFire = 7
    OnOrbImpact = 8
    OnUpgrade = 9
    OnAbilityPhaseStart = 10


class ModifierEvent(enum.IntEnum):
    """What happens to a unit that has a modifier, each with a list of actions.

    PARENT is that unit; TARGET and ATTACKER are as told here; `amount` is the damage or so.
    """

    OnCreated = 0
    OnDestroy = 1
    OnIntervalThink = 2
    OnAttackStart = 3  # TARGET: who is attacked
    OnAttack = 4  # a hit or shot is on its way to TARGET
    OnAttackLanded = 5  # on TARGET, `amount`: damage after resistance
    OnAttackFailed = 6
    OnAttacked = 7  # by ATTACKER, `amount`: damage after resistance
    OnTakeDamage = 8  # from ATTACKER
    OnDealDamage = 9  # to TARGET
    OnKill = 10  # of TARGET
    OnDeath = 11  # by ATTACKER; `amount`: gold that a hero's player loses
    OnAbilityExecuted = 12  # PARENT has cast an ability; TARGET: on whom
    OnRespawn = 13
    OnHeroKilled = 14  # TARGET: an enemy hero that died near or far, ATTACKER: its killer
    OnOrder = 15  # PARENT got an order that moves or attacks
    OnManaSpent = 16
    OnRefresh = 17  # it was applied again
    OnTargeted = 18  # by a spell of ATTACKER, an enemy; `amount` names it to RecastSpell
    OnProjectileDodged = 19  # of ATTACKER; `amount` is 1 for a spell's, 0 for an attack's
    OnSpellAbsorbed = 20  # a spell of ATTACKER, which PARENT's ABSORB_SPELL kept off
    OnDamageBlocked = 21  # of ATTACKER, by TOTAL_CONSTANT_BLOCK; `amount`: what came
    OnReincarnate = 22  # killed by ATTACKER, PARENT comes back; `amount`: after so many seconds
    OnHealed = 23  # by ATTACKER; `amount`: before what makes it more or less


class Word(enum.IntEnum):
    """What a list of actions can do, one row of ACTION each."""

    END = 0
    IF = 1
    ELSE = 2
    DAMAGE = 3
    HEAL = 4
    APPLY_MODIFIER = 5
    REMOVE_MODIFIER = 6
    SET_STACKS = 7
    LINEAR_PROJECTILE = 8
    TRACKING_PROJECTILE = 9
    KNOCKBACK = 10
    BLINK = 11
    CREATE_THINKER = 12
    SPAWN_UNIT = 13
    DELAY = 14
    ACT_ON_TARGETS = 15
    DISPEL = 16
    SPEND_MANA = 17
    GIVE_MANA = 18
    PERFORM_ATTACK = 19
    CHANGE_COOLDOWN = 20
    SET_REGISTER = 21
    DESTROY_TREES = 22
    VISION = 23
    MOVE_TO = 24
    KILL = 25
    CREATE_ILLUSION = 26
    SET_POINT = 27
    INTERRUPT = 28
    ADD_CHARGES = 29
    GIVE_GOLD = 30
    GIVE_EXPERIENCE = 31
    REMOVE_SELF = 32
    EXTEND_MODIFIER = 33
    SWAP_PLACES = 34
    TURN_TO = 35
    ATTACK_TARGET = 36
    SET_HEALTH = 37
    REFRESH_ABILITIES = 38
    DODGE_PROJECTILES = 39
    RUN_ABILITY = 40
    SET_ABILITY_LEVEL = 41
    MOVE_THINKER = 42
    REPEAT = 43
    DO = 44
    SET_AMOUNT = 45
    REMEMBER = 46
    HIDE_ABILITY = 47
    DOMINATE = 48
    EAT_UPGRADE = 49
    REMOVE_ITEM = 50
    SET_ITEM_CHARGES = 51
    MARK = 52
    BLOCK_GROUND = 53
    SET_TOGGLE = 54
    REMOVE_UNIT = 55
    END_PROJECTILE = 56
    GIVE_ITEM = 57
    PLANT_TREE = 58
    SET_CHANNEL_TIME = 59
    RECAST = 60
    SET_BOUNTY = 61
    STEER_PROJECTILE = 62
    RELEASE_RUNE = 63
    PULL_RUNE = 64


class Selector(enum.IntEnum):
    """Whom an action is done to, or where something is."""

    CASTER = 0
    TARGET = 1
    ATTACKER = 2
    PARENT = 3
    POINT = 4
    AREA = 5
    LINE = 6
    ALL_HEROES = 7
    OWNED_UNITS = 8
    POINT_END = 9  # where the second place of a vector lies


class Instruction(enum.IntEnum):
    """Instructions of an expression, which works on a small stack of numbers."""

    CONSTANT = 0
    VALUE = 1
    AMOUNT = 2
    STACKS = 3
    ELAPSED = 4
    REMAINING = 5
    REGISTER = 6
    ADD = 7
    SUBTRACT = 8
    MULTIPLY = 9
    DIVIDE = 10
    NEGATE = 11
    MINIMUM = 12
    MAXIMUM = 13
    LESS = 14
    LESS_EQUAL = 15
    EQUAL = 16
    AND = 17
    OR = 18
    NOT = 19
    WHEN = 20
    FLOOR = 21
    SQUARE_ROOT = 22
    CHANCE = 23
    RANDOM = 24
    DISTANCE = 25
    FIELD = 26  # operand: selector * 64 + Field
    STACKS_OF = 27  # operand: selector * 4096 + modifier
    STATE = 28  # operand: selector; below it the state's bits
    ABILITY_LEVEL = 29
    HAS_SCEPTER = 30
    HAS_SHARD = 31
    IS_DAY = 33
    SECONDS = 34
    BACK_ANGLE = 35  # degrees between where TARGET looks and the way from CASTER to it
    LEARNED = 36  # operand: row of the ability: its level with the caster
    CHARGES = 37
    TRAVELLED = 38
    REMAINDER = 39
    RAW = 41
    ATTACK_MARK = 91
    ALTERNATIVE = 43
    IS_READY = 44
    DAMAGE_TYPE = 45
    FRONT_ANGLE = 46  # degrees between where CASTER looks and the way to TARGET
    IS_PLANTED = 47  # whether the tree at the context's point was planted
    TOGGLED = 48
    VECTOR_LENGTH = 49  # from the context's point to its second one
    POINT_DISTANCE = 40  # of the entity from the context's point
    STORED_RUNE = 50  # in an item: its Rune + 1, 0 for none


class Field(enum.IntEnum):
    """What an expression can ask about a unit."""

    health = 0
    max_health = 1
    mana = 2
    max_mana = 3
    level = 4
    strength = 5
    agility = 6
    intelligence = 7
    attack_damage = 8
    move_speed = 9
    armor = 10
    attack_range = 11
    is_hero = 12
    is_creep = 13
    is_building = 14
    is_illusion = 15
    is_ranged = 16
    is_alive = 17
    is_enemy = 18
    is_caster = 19
    attack_speed = 20
    x = 21
    y = 22
    facing = 23
    is_ancient = 24
    is_neutral = 25
    is_summon = 26
    is_visible_to_enemy = 27
    health_regen = 28
    mana_regen = 29
    magic_resistance = 30
    creation_seconds = 31
    base_damage = 32
    is_moving = 33
    gold = 34
    net_worth = 35
    kills = 36
    turn_rate = 37
    is_channelling = 38
    is_lane_creep = 39
    bound_radius = 40
    is_ward = 41
    base_strength = 42
    base_agility = 43
    base_intelligence = 44
    last_attack_seconds = 45
    is_courier = 46
    bonus_damage = 47
    is_attacker = 48
    is_melee = 49
    primary_attribute = 50
    base_armor = 51
    is_marked = 52
    attack_interval = 53
    assists = 54
    bounty_xp = 55
    bounty_gold = 56
    deaths = 57
    is_in_fountain = 58
    is_own = 59  # of the same player as CASTER
    plain_health_regen = 60  # before what makes it more or less
    is_filler = 61  # a building that is no tower, no barracks and no Ancient


# What illusions have of a modifier: its numbers and critical strikes alone, or all of it.
ILLUSIONS_NUMBERS, ILLUSIONS_ALL = 1, 2
# The type of damage that stands for that of the damage which an event is about.
SAME_TYPE = 0
# Bits of ACTION.options, by the word that they belong to.
ADDS = 1
BEYOND = 1
EATEN = 1
SPENT_IS_GONE = 2
FROM_CASTER_ONLY = 2
DISPELS_DEBUFFS = 4
DISPELS_BUFFS = 8
STOPS_AT_FIRST = 1
DODGEABLE = 2
FOLLOWS_HIDDEN = 4
TOWARD = 1
WITH_PROJECTILE = 1
NO_PROCS = 2
WITHOUT_MISS = 4
AS_REFLECTION = 8
THROUGH = 1
KEEPS_ROUTE = 1
HIDES = 1
DAMAGE_FLAGS_SHIFT = 4
# Bits of damage: of what it is, and what does not apply to it.
DAMAGE_IS_ATTACK = 1
DAMAGE_IS_SPELL = 2
DAMAGE_NOT_AMPLIFIED = 4
DAMAGE_REFLECTED = 8
DAMAGE_NOT_LETHAL = 16
DAMAGE_PIERCES = 32
# What may go on beside a channel, beside the rows of abilities: see Ability.ChannelAllows.
MOVES = -1
USES_ITEMS = -2
CASTS_ABILITIES = -3
