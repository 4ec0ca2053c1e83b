"""The words of content: abilities, items, modifiers and actions, under Valve's names.

Content says what happens, never a number: every argument that is a number or an expression may
be written as text, with values of the ability as `%name`; see content/expression.py. Targets are
"CASTER", "TARGET", "ATTACKER", "PARENT" (who has the modifier; Valve's UNIT), "POINT", or one of
Area, Line, AllHeroes and OwnedUnits; a center may also be "POINT_END", the second place of a
vector. docs/content.md explains each word.
"""

import dataclasses

from dota_env_rpc.match.targeting import DAMAGE_TYPE
from dota_env_rpc.match.words import (
    ADDS,
    AS_REFLECTION,
    BEYOND,
    DAMAGE_FLAGS_SHIFT,
    DAMAGE_IS_ATTACK,
    DAMAGE_IS_SPELL,
    DAMAGE_NOT_AMPLIFIED,
    DAMAGE_NOT_LETHAL,
    DAMAGE_PIERCES,
    DAMAGE_REFLECTED,
    DISPELS_BUFFS,
    DISPELS_DEBUFFS,
    DODGEABLE,
    EATEN,
    FOLLOWS_HIDDEN,
    FROM_CASTER_ONLY,
    HIDES,
    KEEPS_ROUTE,
    NO_PROCS,
    SAME_TYPE,
    SPENT_IS_GONE,
    STOPS_AT_FIRST,
    THROUGH,
    TOWARD,
    WITH_PROJECTILE,
    WITHOUT_MISS,
    AbilityEvent,
    ModifierEvent,
)

Number = str | float


@dataclasses.dataclass(frozen=True)
class Area:
    """All fitting units within `Radius` of `Center`; `Most` keeps the nearest.

    Teams: "ENEMY", "FRIENDLY" or "BOTH", as the caster sees it. Types: "HERO", "CREEP", "BASIC",
    "BUILDING", "COURIER", "OTHER", joined by "|". Flags: names of DOTA_UNIT_TARGET_FLAG_*, joined
    by "|"; "RANDOM" keeps any `Most` instead of the nearest. Where: an expression about `target`.
    """

    Radius: Number
    Center: str = "POINT"
    Teams: str = "ENEMY"
    Types: str = "HERO | BASIC"
    Flags: str = ""
    Most: Number | None = None
    Where: Number | None = None


@dataclasses.dataclass(frozen=True)
class Line:
    """All fitting units within `Width` of the line from `Center` toward the point."""

    Length: Number
    Width: Number
    Center: str = "CASTER"
    Teams: str = "ENEMY"
    Types: str = "HERO | BASIC"
    Flags: str = ""
    Most: Number | None = None
    Where: Number | None = None


@dataclasses.dataclass(frozen=True)
class AllHeroes:
    """All fitting living heroes of the map."""

    Teams: str = "ENEMY"
    Flags: str = ""
    Where: Number | None = None


@dataclasses.dataclass(frozen=True)
class OwnedUnits:
    """All fitting units on the map that players own beside their heroes."""

    Teams: str = "FRIENDLY"
    Flags: str = ""
    Where: Number | None = None


Target = str | Area | Line | AllHeroes | OwnedUnits


@dataclasses.dataclass(frozen=True)
class Action:
    """One thing that is done: what the functions below make; see match/words.py Word."""

    word: str
    target: Target = "TARGET"
    center: str = "CASTER"
    expressions: tuple[Number | None, ...] = ()
    modifier: str = ""
    block: tuple = ()
    end_block: tuple = ()
    options: int = 0
    place: int = 0
    names: str = ""
    fits: Area | None = None
    toward: str = "POINT"
    vision: Number | None = None
    think_block: tuple = ()
    rune_block: tuple = ()


DAMAGE_TYPES = {f"DAMAGE_TYPE_{name.upper()}": bit for name, bit in DAMAGE_TYPE.items()} | {
    "SAME": SAME_TYPE}
# What may be said of damage.
DAMAGE_FLAGS = {
    "ATTACK": DAMAGE_IS_ATTACK, "NO_SPELL_AMPLIFICATION": DAMAGE_NOT_AMPLIFIED,
    "REFLECTION": DAMAGE_REFLECTED, "NON_LETHAL": DAMAGE_NOT_LETHAL,
    "PIERCES_IMMUNITY": DAMAGE_PIERCES,
}


def Damage(Amount: Number, Type: str = "DAMAGE_TYPE_MAGICAL", Target: Target = "TARGET",
           Flags: str = "") -> Action:
    """Deals damage as a spell of the caster, or as an attack with Flags="ATTACK".

    Type "SAME" is that of the damage which the event is about.
    """
    flags = sum(_named(word, DAMAGE_FLAGS, "damage flag") for word in _split(Flags))
    if not flags & DAMAGE_FLAGS["ATTACK"]:
        flags |= DAMAGE_IS_SPELL
    return Action("DAMAGE", Target, expressions=(Amount,),
                  options=_named(Type, DAMAGE_TYPES, "damage type") | flags << DAMAGE_FLAGS_SHIFT)


def Heal(Amount: Number, Target: Target = "TARGET") -> Action:
    """Heals by so many hit points."""
    return Action("HEAL", Target, expressions=(Amount,))


def ApplyModifier(ModifierName: str, Target: Target = "TARGET", Duration: Number | None = None,
                  Stacks: Number | None = None, Registers: tuple[Number, ...] = ()) -> Action:
    """Gives a modifier, for its own duration unless another is told; 0 is for ever.

    Registers: numbers that it keeps as `r0` to `r3`.
    """
    return Action("APPLY_MODIFIER", Target, modifier=ModifierName,
                  expressions=(Duration, Stacks, *Registers))


def RemoveModifier(ModifierName: str, Target: Target = "TARGET",
                   FromCaster: bool = False) -> Action:
    """Takes a modifier off, that of the caster alone where `FromCaster`."""
    return Action("REMOVE_MODIFIER", Target, modifier=ModifierName,
                  options=FROM_CASTER_ONLY * FromCaster)


def RemoveSelf() -> Action:
    """Takes off the modifier that this action stands in."""
    return Action("REMOVE_SELF")


def SetStacks(Stacks: Number, ModifierName: str = "", Target: Target = "PARENT",
              Most: Number | None = None) -> Action:
    """Sets the stacks of a modifier, by default of the one that this action stands in."""
    return Action("SET_STACKS", Target, modifier=ModifierName, expressions=(Stacks, Most))


def AddStacks(Stacks: Number = 1, ModifierName: str = "", Target: Target = "PARENT",
              Most: Number | None = None) -> Action:
    """Adds to the stacks of a modifier, up to `Most`."""
    return Action("SET_STACKS", Target, modifier=ModifierName, expressions=(Stacks, Most),
                  options=ADDS)


def SetRegister(Register: int, Value: Number, ModifierName: str = "",
                Target: Target = "PARENT") -> Action:
    """Sets number 0 to 3 that a modifier keeps."""
    return Action("SET_REGISTER", Target, modifier=ModifierName, expressions=(Value,),
                  place=Register)


def AddRegister(Register: int, Value: Number, ModifierName: str = "",
                Target: Target = "PARENT") -> Action:
    """Adds to number 0 to 3 that a modifier keeps."""
    return Action("SET_REGISTER", Target, modifier=ModifierName, expressions=(Value,),
                  place=Register, options=ADDS)


def ExtendModifier(Seconds: Number, ModifierName: str = "", Target: Target = "PARENT") -> Action:
    """Lets a modifier last longer, or shorter."""
    return Action("EXTEND_MODIFIER", Target, modifier=ModifierName, expressions=(Seconds,))


def If(Condition: Number, Then: list[Action], Else: list[Action] | None = None) -> list[Action]:
    """Does one list or the other. An event's list may hold lists."""
    if Else:
        return [Action("IF", expressions=(Condition,), place=_length(Then) + 1), *Then,
                Action("ELSE", place=_length(Else)), *Else]
    return [Action("IF", expressions=(Condition,), place=_length(Then)), *Then]


def LinearProjectile(
        MoveSpeed: Number, Distance: Number, StartRadius: Number, EndRadius: Number | None = None,
        Center: str = "CASTER", Angle: Number = 0, OnHit: list = (), OnFinish: list = (),
        StopsAtFirst: bool = False, TargetTeams: str = "ENEMY",
        TargetTypes: str = "HERO | BASIC", TargetFlags: str = "", Toward: str = "POINT",
        VisionRadius: Number | None = None, OnThink: list = (), OnRune: list = ()) -> Action:
    """Sends a projectile straight toward the point; it does `OnHit` to each TARGET it meets.

    OnThink is done every tick with POINT where it is; `travelled` is how far it has come.

    Angle: degrees to turn it to the left. Toward: the point, or a unit. VisionRadius: what its
    team sees around it. In `OnHit`, `amount` is how far it has come. OnRune: what it does where
    it meets a rune, which then stops it; without, it passes runes.
    """
    return Action(
        "LINEAR_PROJECTILE", center=Center,
        expressions=(MoveSpeed, Distance, StartRadius,
                     StartRadius if EndRadius is None else EndRadius, Angle),
        block=tuple(OnHit), end_block=tuple(OnFinish), options=STOPS_AT_FIRST * StopsAtFirst,
        toward=Toward, vision=VisionRadius, think_block=tuple(OnThink),
        rune_block=tuple(OnRune),
        fits=Area(0, Teams=TargetTeams, Types=TargetTypes, Flags=TargetFlags))


def TrackingProjectile(MoveSpeed: Number, Target: Target = "TARGET", Center: str = "CASTER",
                       OnHit: list = (), OnDodged: list = (), Dodgeable: bool = True,
                       VisionRadius: Number | None = None, FollowsHidden: bool = False) -> Action:
    """Sends a projectile after each target; its team sees so far around it.

    FollowsHidden: whether it does not lose who becomes invisible.
    """
    return Action("TRACKING_PROJECTILE", Target, Center, expressions=(MoveSpeed,),
                  block=tuple(OnHit), end_block=tuple(OnDodged),
                  options=DODGEABLE * Dodgeable | FOLLOWS_HIDDEN * FollowsHidden,
                  vision=VisionRadius)


def Knockback(Distance: Number, Duration: Number, Target: Target = "TARGET",
              Center: str = "CASTER", OnEnd: list = (), Stuns: bool = True) -> Action:
    """Pushes away from the center; a negative distance pulls.

    Stuns: whether the unit can do nothing meanwhile, or only not walk against it.
    """
    return Action("KNOCKBACK", Target, Center, expressions=(Distance, Duration),
                  block=tuple(OnEnd), options=int(not Stuns))


def MoveTo(Target: Target = "TARGET", Center: str = "POINT", Speed: Number = 0,
           Duration: Number | None = None, OnEnd: list = (), Stuns: bool = True) -> Action:
    """Carries a unit to the center, at a speed or within a time; then does `OnEnd`.

    Stuns: as in Knockback.
    """
    return Action("MOVE_TO", Target, Center, expressions=(Speed, Duration), block=tuple(OnEnd),
                  options=int(not Stuns))


def Blink(Target: Target = "CASTER", Center: str = "POINT", MaxDistance: Number = 0,
          Dodges: bool = True) -> Action:
    """Puts a unit at the center at once, or as far toward it as it may; projectiles lose it.

    Without Dodges they do not, and it walks on: what leashes need.
    """
    return Action("BLINK", Target, Center, expressions=(MaxDistance,),
                  options=KEEPS_ROUTE * (not Dodges))


def EndProjectile() -> Action:
    """Ends the straight projectile in whose OnThink or OnHit this stands; `travelled` is then -1.

    Whom it met in the same tick it has met: their lists are done too.
    """
    return Action("END_PROJECTILE", "POINT")


def SteerProjectile(Degrees: Number, Center: str = "POINT_END") -> Action:
    """Turns the straight projectile in whose OnThink this stands toward a place, by so much."""
    return Action("STEER_PROJECTILE", "POINT", Center, expressions=(Degrees,))


def RemoveUnit(Target: Target = "TARGET") -> Action:
    """Takes a summoned unit away without a death."""
    return Action("REMOVE_UNIT", Target)


def SetToggle(On: Number, Ability: str = "", Target: Target = "CASTER") -> Action:
    """Switches a toggle on or off, by default this ability or item."""
    return Action("SET_TOGGLE", Target, names=Ability, expressions=(On,))


def CreateThinker(ModifierName: str, Center: str = "POINT", Duration: Number | None = None,
                  Registers: tuple[Number, ...] = ()) -> Action:
    """Puts a modifier at a place, with no unit: its events know the place as POINT."""
    return Action("CREATE_THINKER", "POINT", Center, modifier=ModifierName,
                  expressions=(Duration, None, *Registers))


def MoveThinker() -> Action:
    """Moves the thinker that this action stands in to the context's point."""
    return Action("MOVE_THINKER", "POINT")


def SpawnUnit(UnitName: str, UnitCount: Number = 1, Duration: Number = 0, Center: str = "POINT",
              ModifierName: str = "") -> Action:
    """Puts up units of the caster's player, with a modifier that may shape them."""
    return Action("SPAWN_UNIT", "POINT", Center, modifier=ModifierName, names=UnitName,
                  expressions=(UnitCount, Duration))


def CreateIllusions(Count: Number, Duration: Number, OutgoingDamage: Number,
                    IncomingDamage: Number, Target: Target = "CASTER") -> Action:
    """Puts up illusions of a hero; damage in percent of the hero's own."""
    return Action("CREATE_ILLUSION", Target,
                  expressions=(Count, Duration, OutgoingDamage, IncomingDamage))


def Delay(Seconds: Number, Actions: list) -> Action:
    """Does a list later, in the same context."""
    return Action("DELAY", expressions=(Seconds,), block=tuple(Actions))


def ActOnTargets(Target: Target, Actions: list) -> Action:
    """Does a list for each target, which is TARGET in it."""
    return Action("ACT_ON_TARGETS", Target, block=tuple(Actions))


def Repeat(Times: Number, Actions: list) -> Action:
    """Does a list so many times; `amount` counts from 0."""
    return Action("REPEAT", expressions=(Times,), block=tuple(Actions))


def Do(ListName: str) -> Action:
    """Does a list that the ability has under a name, in the present context."""
    return Action("DO", names=ListName)


def SetAmount(Amount: Number) -> Action:
    """Sets `amount`, which what follows and what is launched from here keeps."""
    return Action("SET_AMOUNT", expressions=(Amount,))


def Remember(Target: str = "TARGET") -> Action:
    """Makes a unit the ATTACKER of what follows: `target.is_attacker` tells it from others."""
    return Action("REMEMBER", Target)


def EatUpgrade(Shard: bool = False, Target: Target = "CASTER") -> Action:
    """Gives a hero Aghanim's Scepter, or Shard, for good."""
    return Action("EAT_UPGRADE", Target, options=int(Shard))


def RemoveItem(Target: Target = "CASTER", Eaten: bool = False) -> Action:
    """Takes away the item that this action stands in, which is used up.

    Eaten: whether it keeps counting as its player's worth.
    """
    return Action("REMOVE_ITEM", Target, options=EATEN * Eaten)


def GiveItem(Item: str, Charges: Number, Target: Target = "TARGET") -> Action:
    """Gives a hero an item with so many charges, for nothing; without room it lies before it."""
    return Action("GIVE_ITEM", Target, names=Item, expressions=(Charges,))


def SetItemCharges(Charges: Number, Add: bool = False, Target: Target = "CASTER",
                   Most: Number | None = None, SpentIsGone: bool = False) -> Action:
    """Sets, or adds to, the charges of the item that this action stands in.

    SpentIsGone: whether the item goes with its last charge.
    """
    return Action("SET_ITEM_CHARGES", Target, expressions=(Charges, Most),
                  options=ADDS * Add | SPENT_IS_GONE * SpentIsGone)


def ReleaseRune(Target: Target = "CASTER") -> Action:
    """Lets a hero use the rune that the item keeps which this action stands in."""
    return Action("RELEASE_RUNE", Target)


def PullRune(Speed: Number, Center: str = "CASTER") -> Action:
    """Drags the rune, in whose OnRune this stands, to the center."""
    return Action("PULL_RUNE", "POINT", Center, expressions=(Speed,))


def HideAbility(Ability: str, Hidden: bool = True, Target: Target = "CASTER") -> Action:
    """Hides an ability of the hero, which then cannot be cast, or shows it."""
    return Action("HIDE_ABILITY", Target, names=Ability, expressions=(int(Hidden),))


def Dominate(Target: Target = "TARGET") -> Action:
    """Gives a creep to the caster's player."""
    return Action("DOMINATE", Target)


def SetPoint(Center: str = "CASTER", Distance: Number = 0, Angle: Number = 0,
             TowardPoint: bool = False) -> Action:
    """Moves POINT to so far from the center, at degrees from the caster's facing.

    TowardPoint: at degrees from the way to the present point instead.
    """
    return Action("SET_POINT", "POINT", Center, expressions=(Distance, Angle),
                  options=TOWARD * TowardPoint)


def Dispel(Target: Target = "TARGET", Strong: bool = False, Debuffs: bool = False,
           Buffs: bool = False) -> Action:
    """Takes off what a basic or strong dispel can."""
    return Action("DISPEL", Target, options=(
        (2 if Strong else 1) | DISPELS_DEBUFFS * Debuffs | DISPELS_BUFFS * Buffs))


def SpendMana(Amount: Number, Target: Target = "CASTER") -> Action:
    """Takes mana."""
    return Action("SPEND_MANA", Target, expressions=(Amount,))


def GiveMana(Amount: Number, Target: Target = "TARGET", Beyond: bool = False) -> Action:
    """Gives mana. Beyond: also what the unit has no room for, to be used first."""
    return Action("GIVE_MANA", Target, expressions=(Amount,), options=BEYOND * Beyond)


def PerformAttack(Target: Target = "TARGET", BonusDamage: Number = 0,
                  DamagePercent: Number | None = None, WithProjectile: bool = False,
                  NeverMisses: bool = False, NoProcs: bool = False,
                  Reflected: bool = False, OnHit: list = ()) -> Action:
    """Lets the caster attack at once, beside its own attacks.

    NoProcs: whether what attacks set off is left out. Reflected: whether it is reflected damage.
    OnHit is done to each TARGET it lands on.
    """
    return Action("PERFORM_ATTACK", Target, expressions=(BonusDamage, DamagePercent),
                  block=tuple(OnHit), options=(
                      WITH_PROJECTILE * WithProjectile | NO_PROCS * NoProcs
                      | WITHOUT_MISS * NeverMisses | AS_REFLECTION * Reflected))


def SetCooldown(Seconds: Number, Ability: str = "", Target: Target = "CASTER") -> Action:
    """Sets the cooldown that is left of an ability, by default of this one; 0 makes it ready."""
    return Action("CHANGE_COOLDOWN", Target, names=Ability, expressions=(Seconds,))


def AddCooldown(Seconds: Number, Ability: str = "", Target: Target = "CASTER") -> Action:
    """Adds to the cooldown that is left of an ability, or takes from it."""
    return Action("CHANGE_COOLDOWN", Target, names=Ability, expressions=(Seconds,), options=ADDS)


def AddCharges(Charges: Number, Ability: str = "", Target: Target = "CASTER") -> Action:
    """Adds to the charges of an ability, or takes from them."""
    return Action("ADD_CHARGES", Target, names=Ability, expressions=(Charges,))


def RefreshAbilities(Target: Target = "CASTER") -> Action:
    """Ends the cooldowns of a hero's abilities and gives all their charges back."""
    return Action("REFRESH_ABILITIES", Target)


def RunAbility(Ability: str, Target: Target = "CASTER") -> Action:
    """Does what another ability of the hero does, as if it were cast here for nothing."""
    return Action("RUN_ABILITY", Target, names=Ability)


def SetAbilityLevel(Ability: str, Level: Number, Target: Target = "CASTER") -> Action:
    """Gives an ability of the hero a level without a point."""
    return Action("SET_ABILITY_LEVEL", Target, names=Ability, expressions=(Level,))


def GiveGold(Amount: Number, Target: Target = "CASTER") -> Action:
    """Gives a player reliable gold."""
    return Action("GIVE_GOLD", Target, expressions=(Amount,))


def GiveExperience(Amount: Number, Target: Target = "CASTER") -> Action:
    """Gives a player's hero experience."""
    return Action("GIVE_EXPERIENCE", Target, expressions=(Amount,))


def DestroyTrees(Radius: Number, Center: str = "POINT") -> Action:
    """Fells the trees around a place."""
    return Action("DESTROY_TREES", "POINT", Center, expressions=(Radius,))


def PlantTree(Seconds: Number, Center: str = "POINT") -> Action:
    """Plants a tree for a while; who stands there is put beside it."""
    return Action("PLANT_TREE", "POINT", Center, expressions=(Seconds,))


def Vision(Radius: Number, Duration: Number, Center: str = "POINT",
           TrueSight: bool = False) -> Action:
    """Shows a place to the caster's team, the invisible too with TrueSight."""
    return Action("VISION", "POINT", Center, expressions=(Radius, Duration),
                  options=int(TrueSight))


def BlockGround(Length: Number, Width: Number, Duration: Number, Center: str = "CASTER",
                Start: Number = 0, Hides: bool = False) -> Action:
    """Blocks the ground along a line from the center toward the point for a while.

    Hides: whether it blocks sight too.
    """
    return Action("BLOCK_GROUND", "POINT", Center, expressions=(Length, Width, Duration, Start),
                  options=HIDES * Hides)


def Mark(Target: Target = "TARGET") -> Action:
    """Marks a unit with the modifier that this stands in: `target.is_marked` tells it there."""
    return Action("MARK", Target)


def SetChannelTime(Seconds: Number, Target: Target = "CASTER") -> Action:
    """Sets how long the channel that has just begun lasts, from its beginning on."""
    return Action("SET_CHANNEL_TIME", Target, expressions=(Seconds,))


def RecastSpell(Target: Target = "ATTACKER") -> Action:
    """Lets PARENT cast, for nothing, the spell that OnTargeted is about, at another target.

    What is channelled is not.
    """
    return Action("RECAST", Target)


def SetBounty(Gold: Number, Target: Target = "TARGET") -> Action:
    """Sets the gold that killing a unit brings."""
    return Action("SET_BOUNTY", Target, expressions=(Gold,))


def Interrupt(Target: Target = "TARGET") -> Action:
    """Ends what a unit casts or channels."""
    return Action("INTERRUPT", Target)


def Kill(Target: Target = "TARGET", Through: bool = False) -> Action:
    """Kills in the caster's name, with Through also whom something keeps alive."""
    return Action("KILL", Target, options=THROUGH * Through)


def SetHealth(Health: Number, Target: Target = "TARGET") -> Action:
    """Sets hit points, at least 1."""
    return Action("SET_HEALTH", Target, expressions=(Health,))


def SwapPlaces(Target: Target = "TARGET") -> Action:
    """Puts caster and target in one another's place."""
    return Action("SWAP_PLACES", Target)


def TurnTo(Target: Target = "CASTER", Center: str = "POINT") -> Action:
    """Turns a unit to a place at once."""
    return Action("TURN_TO", Target, Center)


def ForceAttack(Target: Target = "TARGET", Center: str = "CASTER") -> Action:
    """Makes a unit attack the unit at the center, as taunts do."""
    return Action("ATTACK_TARGET", Target, Center)


def DodgeProjectiles(Target: Target = "CASTER") -> Action:
    """Lets projectiles that follow a unit lose it."""
    return Action("DODGE_PROJECTILES", Target)


@dataclasses.dataclass(frozen=True)
class Modifier:
    """What a unit has on it, or a thinker is.

    Attributes:
        name: Name in Valve's form, unique among all content.
        Properties: MODIFIER_PROPERTY_* names, with or without the prefix, to expressions.
        States: MODIFIER_STATE_* names, with or without the prefix.
        StatesWhere: Expression that must hold for the states.
        IsDebuff, IsHidden: As the game says.
        Dispel: "" for what no dispel takes off, "BASIC" for any, "STRONG" for strong ones alone.
        Duration: Seconds unless ApplyModifier tells others; 0 for ever.
        Multiple: Whether a unit may have several of it, each with its own time.
        Permanent: Whether it outlasts death. Passives do anyway.
        PiercesImmunity: Whether it works on who is immune to debuffs.
        Breakable: Whether break suspends it.
        ThinkInterval: Seconds between two OnIntervalThink.
        Dynamic: Whether its properties are worked out every tick, as what depends on time or
            health must.
        KeepsDuration: Whether applying it again leaves its time as it is.
        Aura: Name of the modifier that those around get.
        AuraRadius, AuraTeams, AuraTypes, AuraFlags, AuraWhere: Whom, as in Area.
        AuraLinger: Seconds for which it stays on who has left.
        Barrier: Damage types that it holds off while register 0 lasts, joined by "|".
        CreditsKills: Whether its caster is the killer of who dies with it, whoever struck.
        WornOnly: Whether it goes when its item is no more worn.
        OnIllusions: What illusions of who has it get: "" nothing, "NUMBERS" what it gives, but
            for damage, armor and regeneration, and its critical strikes, "ALL" everything; its
            caster is then the hero.
        Events: Name of a ModifierEvent to a list of actions.
    """

    name: str
    Properties: dict[str, Number] = dataclasses.field(default_factory=dict)
    States: tuple[str, ...] | list[str] = ()
    StatesWhere: Number | None = None
    IsDebuff: bool = False
    IsHidden: bool = False
    Dispel: str = ""
    Duration: Number = 0
    Multiple: bool = False
    Permanent: bool = False
    PiercesImmunity: bool = False
    Breakable: bool = False
    ThinkInterval: Number | None = None
    Dynamic: bool = False
    KeepsDuration: bool = False
    Aura: str = ""
    AuraRadius: Number = 0
    AuraTeams: str = "FRIENDLY"
    AuraTypes: str = "HERO | BASIC"
    AuraFlags: str = ""
    AuraWhere: Number | None = None
    AuraLinger: Number = 0.5
    Barrier: str = ""
    CreditsKills: bool = False
    WornOnly: bool = False
    OnIllusions: str = ""
    Events: dict[str, list] = dataclasses.field(default_factory=dict)

    def __post_init__(self):
        for event in self.Events:
            if event not in ModifierEvent.__members__:
                raise ValueError(
                    f"{self.name}: modifiers have no event {event!r}, but "
                    f"{', '.join(ModifierEvent.__members__)}")


@dataclasses.dataclass(frozen=True)
class Ability:
    """What one ability or item does.

    Attributes:
        name: Name in the patch's tables.
        Events: Name of an AbilityEvent to a list of actions.
        Modifiers: All that it names and no other ability has.
        Passives: Names of the modifiers that its owner has while it has the ability.
        IsOrb: Whether it is carried by attacks: OnOrbFire, OnOrbImpact.
        CastFilter: Expression about `target` that a cast must fulfill.
        GrantedBy: "SCEPTER" or "SHARD" where that alone gives it.
        Partial: What of it is missing, for docs/coverage.md.
        CastOnSelf: Whether its own caster may be the target; None: if allies may.
        Behavior: How it is cast where the tables say otherwise: names as in match/targeting.py.
        ChannelAllows: What its caster may do beside its channel: "MOVE", "ITEMS", "ABILITIES" or
            names of abilities, each with an expression that must hold.
        Standard: Standard numbers (match/words.py) that lie under another key of its values.
        ScepterBehavior: As Behavior, with the Scepter.
        ScepterStandard: As Standard, for the keys of numbers that hold with the Scepter.
        ScepterLevels: Key of how many levels higher it counts with the Scepter.
        StandardPlus: Standard numbers that what changes another value changes too, by its key.
        TargetTeam, TargetTypes: Whom it may be cast on where the tables say otherwise, as in Area.
        IgnoresSpellBlock: Whether what blocks a spell does not notice it.
        OrbOnBuildings: Expression: whether attacks on buildings carry it.
        GivesScepter: Whether an item is as good as Aghanim's Scepter while it is worn.
        FromBackpack: Whether an item can be used from the backpack and never waits out of it.
        CountsCasts: Whether an item gains a charge when an enemy near casts, up to its Standard
            CHARGES.
        RestsWorn: Whether the cooldown of an item runs in main slots alone.
        StartsToggled: Whether an item is switched on when it is new.
        KeepsCharge: Expression: whether a use of an item spends no charge.
        StoresRunes: Whether an item keeps a rune that its hero takes, for its Standard DURATION,
            and is filled to its Standard CHARGES when that is used.
        EnemyCastRange: Key of the cast range on enemies where that is another.
        Lists: Lists of actions by name, for Do; a list may do itself, as what bounces must.
        Unused: Values of the patch that do nothing there, such as those for tooltips alone.
        BotUse: What bots cast it for, joined by "|", where that cannot be told from what it
            does: names of PURPOSES in data/records.py; "NONE" if they had better not.
    """

    name: str
    Events: dict[str, list] = dataclasses.field(default_factory=dict)
    Modifiers: tuple[Modifier, ...] | list[Modifier] = ()
    Passives: tuple[str, ...] | list[str] = ()
    IsOrb: bool = False
    CastFilter: Number | None = None
    GrantedBy: str = ""
    Partial: str = ""
    CastOnSelf: bool | None = None
    Behavior: tuple[str, ...] = ()
    ChannelAllows: dict[str, Number] = dataclasses.field(default_factory=dict)
    Standard: dict[str, str] = dataclasses.field(default_factory=dict)
    GivesScepter: bool = False
    ScepterBehavior: tuple[str, ...] = ()
    ScepterStandard: dict[str, str] = dataclasses.field(default_factory=dict)
    ScepterLevels: str = ""
    StandardPlus: dict[str, str] = dataclasses.field(default_factory=dict)
    TargetTeam: str = ""
    TargetTypes: str = ""
    IgnoresSpellBlock: bool = False
    OrbOnBuildings: Number = 0
    FromBackpack: bool = False
    CountsCasts: bool = False
    RestsWorn: bool = False
    StartsToggled: bool = False
    KeepsCharge: Number | None = None
    StoresRunes: bool = False
    EnemyCastRange: str = ""
    Lists: dict[str, list] = dataclasses.field(default_factory=dict)
    Unused: tuple[str, ...] = ()
    BotUse: str = ""

    def __post_init__(self):
        for event in self.Events:
            if event not in AbilityEvent.__members__:
                raise ValueError(
                    f"{self.name}: abilities have no event {event!r}, but "
                    f"{', '.join(AbilityEvent.__members__)}")


def flatten(actions) -> list[Action]:
    """Returns a list of actions whose lists are laid out one after another."""
    flat = []
    for action in actions:
        if isinstance(action, Action):
            flat.append(action)
        else:
            flat.extend(flatten(action))
    return flat


def _length(actions) -> int:
    return len(flatten(actions))


def _split(words: str) -> list[str]:
    return [word.strip() for word in words.split("|") if word.strip()]


def _named(word: str, values: dict[str, int], what: str) -> int:
    if word not in values:
        raise ValueError(f"there is no {what} {word!r}, but {', '.join(values)}")
    return values[word]
