"""English nouns after a number: which words can be one, and their singular."""

from .phrases import words

_IRREGULAR = {
    "people": "people",
    "men": "man",
    "women": "woman",
    "children": "child",
    "feet": "foot",
    "teeth": "tooth",
    "geese": "goose",
    "mice": "mouse",
    "lives": "life",
    "wives": "wife",
    "knives": "knife",
    "leaves": "leaf",
    "halves": "half",
    "thieves": "thief",
    "shelves": "shelf",
    "wolves": "wolf",
    "loaves": "loaf",
    "criteria": "criterion",
    "phenomena": "phenomenon",
    "crises": "crisis",
    "analyses": "analysis",
    "bases": "base",
    "houses": "house",
    "causes": "cause",
    "clauses": "clause",
    "cases": "case",
    "phases": "phase",
    "horses": "horse",
    "nurses": "nurse",
    "purchases": "purchase",
    "licenses": "license",
    "responses": "response",
    "expenses": "expense",
    "offenses": "offense",
    "defenses": "defense",
    "corpses": "corpse",
    "universes": "universe",
    "exercises": "exercise",
    "increases": "increase",
    "leases": "lease",
    "releases": "release",
    "vases": "vase",
    "axes": "axis",
    "caches": "cache",
    "aches": "ache",
    "movies": "movie",
    "ties": "tie",
    "lies": "lie",
    "pies": "pie",
    "zombies": "zombie",
    "calories": "calorie",
    "rookies": "rookie",
    "shoes": "shoe",
    "canoes": "canoe",
    "toes": "toe",
    "foes": "foe",
    "news": "news",
    "series": "series",
    "species": "species",
    "times": "times",
    "means": "means",
    "headquarters": "headquarters",
    "barracks": "barracks",
    "crossroads": "crossroads",
    "goods": "goods",
    "odds": "odds",
    "corps": "corps",
    "buses": "bus",
    "gases": "gas",
    "viruses": "virus",
    "campuses": "campus",
    "censuses": "census",
    "bonuses": "bonus",
    "statuses": "status",
    "atlases": "atlas",
    "pluses": "plus",
    "lenses": "lens",
    "quizzes": "quiz",
    "servicemen": "serviceman",
    "policemen": "policeman",
    "gunmen": "gunman",
    "fishermen": "fisherman",
    "firemen": "fireman",
    "businessmen": "businessman",
    "congressmen": "congressman",
    "spokesmen": "spokesman",
    "grandchildren": "grandchild",
    "schoolchildren": "schoolchild",
    "policewomen": "policewoman",
    "sportsmen": "sportsman",
    "militiamen": "militiaman",
}

GROUPS = words(
    "crew staff personnel infantry cavalry police aircraft spacecraft manpower youth livestock poultry media data "
    "artillery sheep cattle fish deer offspring dead wounded injured missing unemployed homeless clergy folk hovercraft"
)
_PLURALS = frozenset(word for word in _IRREGULAR if not word.endswith("s")) | words(
    "headquarters series species corps bacteria strata alumni fungi nuclei cacti folks"
)
PEOPLE = words(
    "people civilians soldiers troops men women children persons deaths victims casualties migrants refugees prisoners "
    "protesters demonstrators fighters workers residents families officers deputies passengers students dead wounded "
    "injured crew police personnel staff missing hostages militants civilian lawmakers"
)

STOPS = words(
    "a an another the and or but nor so yet if then than as at by for from in into of off on onto out over per to up "
    "upon with within without about above across after against ago along although among amid around because "
    "before behind below beneath beside besides between beyond despite down during except inside like near "
    "outside past since though through throughout till toward towards under underneath unless until via when "
    "whenever where whereas wherever whether which while who whoever whom whose why how what that this these "
    "those it its he him his she her hers they them their theirs we us our ours you your yours i me my mine "
    "himself herself itself themselves ourselves myself is are was were be been being am has have had having "
    "do does did done doing will would shall should can could may might must ought not no yes also already "
    "always again almost alone altogether apart away away back both each either else enough even ever every "
    "everyone everything few here hence however indeed instead just later least less many most much neither "
    "never nevertheless next now once one ones only other perhaps quite rather really same several "
    "some somebody someone something still such there thereby therefore thus together too twice very well "
    "yesterday today tomorrow tonight says said say saying tells told asks asked takes take took taken makes "
    "make made comes come came goes go went gone gets get got gives give gave given remains remain shows "
    "show means seems seem needs need wants want starts start begins begin began ends includes include "
    "covers cover brings bring leads lead continues continue becomes become keeps keep lets let puts put "
    "runs run sits sit stands stand lies lie lives live works work die dies died kill kills killed know "
    "knows knew see sees saw seen think thinks thought find finds found feel feels left leaves leave join "
    "joined joins vote votes voted support supports supported oppose opposes opposed back backs backed "
    "attend attended attends flee flees fled return returns returned fell falls fall rose rises rise grew "
    "grows grow stood sat ran led held holds hold lost loses lose won wins win met meets meet paid pays pay "
    "sent sends send spent spends spend fought fights fight monday tuesday wednesday thursday friday "
    "saturday sunday january february march april june july august september october november december a.m. "
    "p.m. am pm percent cent plus minus times i.e. e.g. etc versus vs vs. it's that's nearly roughly "
    "approximately respectively earlier older younger old long high tall wide deep thick away worth north "
    "south east west northwest northeast southwest southeast million billion thousand hundred trillion dozen "
    "according including excluding following compared due thanks"
) - words("votes lives works fights cover back runs backs wins leads falls returns")

EXTRAS = words("more other additional extra further new fewer less")

_NATIONS = words(
    "american british french german dutch irish scottish welsh spanish swedish danish finnish polish turkish "
    "greek czech swiss thai iraqi israeli pakistani saudi kuwaiti yemeni afghan arab kurdish u.s. us uk eu "
    "un nato"
)
_ADJECTIVES = words(
    "armed senior junior new old young big small large great high low long short main major minor key top "
    "local national foreign civil civilian military naval armored armoured nuclear public private common "
    "open free full main heavy light deep rich poor black white red blue green brown grey gray elderly male "
    "female pregnant dead rebel enemy allied first second third short-range long-range medium-range separate "
    "different extra modern ancient recent current former possible likely unlikely single multiple simple "
    "complex good bad better best worse worst real true false early late mobile urban rural human solar "
    "tropical hostile loyal royal fellow joint key senior elite undercover suspected alleged confirmed "
    "unconfirmed registered estimated displaced wounded injured trained unarmed unmanned detained"
)
_ADJECTIVE_ENDINGS = ("al", "ic", "ous", "ive", "ful", "less", "ish", "ese", "ian", "ean", "ary", "able", "ible", "ern")
_NOUNS_WITH_THEM = words(
    "hospital capital animal official rival proposal trial journal terminal festival general admiral signal "
    "goal deal meal seal criminal arrival total clinic topic traffic public fabric music critic republic "
    "mechanic executive detective initiative native relative motive olive archive civilian politician "
    "librarian technician guardian magician ocean missionary secretary library salary diary dictionary "
    "boundary anniversary summary table cable vegetable variable pattern lantern tavern cavern concern "
    "handful mouthful veterinarian australian canadian italian russian ukrainian iranian georgian indian "
    "brazilian mayor material manual meal metal pedal medal portal canal"
)
_NOT_PLURAL = ("ss", "us", "is", "'s")
_NEVER_PLURAL = words(
    "as has was his this its does says us yes perhaps always towards besides sometimes news politics plus"
)


def is_plural(word: str) -> bool:
    """Whether a word looks like a plural noun. Verbs in -s are kept out by the stop words alone."""
    if word in _PLURALS:
        return True
    return len(word) > 2 and word.endswith("s") and not word.endswith(_NOT_PLURAL) and word not in _NEVER_PLURAL


def is_adjective(word: str) -> bool:
    """Whether a word looks like one that stands before a noun rather than is one."""
    if word in _ADJECTIVES or word in _NATIONS:
        return True
    return len(word) > 4 and word.endswith(_ADJECTIVE_ENDINGS) and word not in _NOUNS_WITH_THEM


def singular(word: str) -> str:
    """The singular of a plural; a word that is none comes back as it is."""
    word = word.removesuffix("'s").removesuffix("'")
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "zzes", "oes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(_NOT_PLURAL) and len(word) > 2:
        return word[:-1]
    return word
