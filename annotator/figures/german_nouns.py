"""German nouns after a number, and their singular."""

from .phrases import listed, words

_IRREGULAR = {
    "kinder": "Kind", "kindern": "Kind", "männer": "Mann", "männern": "Mann", "frauen": "Frau", "leute": "Leute",
    "leuten": "Leute", "häuser": "Haus", "häusern": "Haus", "länder": "Land", "ländern": "Land", "städte": "Stadt",
    "städten": "Stadt", "dörfer": "Dorf", "dörfern": "Dorf", "bücher": "Buch", "büchern": "Buch", "schiffe": "Schiff",
    "flugzeuge": "Flugzeug", "züge": "Zug", "zügen": "Zug", "ärzte": "Arzt", "ärzten": "Arzt", "plätze": "Platz",
    "plätzen": "Platz", "arbeitsplätze": "Arbeitsplatz", "arbeitsplätzen": "Arbeitsplatz", "anschläge": "Anschlag",
    "vorschläge": "Vorschlag", "einsätze": "Einsatz", "angriffe": "Angriff", "mitglieder": "Mitglied",
    "mitgliedern": "Mitglied", "bilder": "Bild", "felder": "Feld", "gelder": "Geld", "güter": "Gut", "gäste": "Gast",
    "söhne": "Sohn", "töchter": "Tochter", "mütter": "Mutter", "väter": "Vater", "brüder": "Bruder", "kräfte": "Kraft",
    "kräften": "Kraft", "einsatzkräfte": "Einsatzkraft", "fälle": "Fall", "fällen": "Fall", "unfälle": "Unfall",
    "bäume": "Baum", "räume": "Raum", "schäden": "Schaden", "grundsätze": "Grundsatz", "anträge": "Antrag",
    "verträge": "Vertrag", "aufträge": "Auftrag", "bände": "Band", "wände": "Wand", "hände": "Hand", "wähler": "Wähler",
    "firmen": "Firma", "themen": "Thema", "museen": "Museum", "zentren": "Zentrum", "personen": "Person",
    "stimmen": "Stimme", "menschen": "Mensch", "herren": "Herr", "staaten": "Staat", "soldaten": "Soldat",
    "raketen": "Rakete", "minuten": "Minute", "kilometern": "Kilometer", "betten": "Bett", "waffen": "Waffe",
    "daten": "Daten", "toten": "Tote", "verletzten": "Verletzte", "abgeordneten": "Abgeordnete", "seiten": "Seite",
    "punkte": "Punkt", "boote": "Boot", "wahlen": "Wahl", "zahlen": "Zahl", "fabriken": "Fabrik", "bürgern": "Bürger",
    "vertretern": "Vertreter", "stühle": "Stuhl", "demokraten": "Demokrat", "bereiche": "Bereich", "grade": "Grad",
}  # fmt: skip
_PERSONS = ("ent", "ant", "ist", "oge", "at", "aph", "et", "nt")  # Student, Demonstrant, Polizist: plural in -en
_FEMININE = (
    "ung",
    "heit",
    "keit",
    "schaft",
    "ion",
    "tät",
    "ik",
    "ur",
    "frau",
    "bahn",
    "zeit",
    "arbeit",
    "last",
    "fahrt",
)
_PARTICIPLES = tuple(listed("ierte ete llte elte tzte sste agte tote ene ende liche ige ee ie"))
"""Ends of nouns that go like adjectives: Verletzte, Abgeordnete, Gefangene, Jugendliche."""

STOPS = words(
    "der die das den dem des ein eine einen einem einer und oder aber als an am auf aus bei bis durch für "
    "gegen im in ins mit nach ohne seit über um unter von vom vor zu zum zur zwischen sie er es wir ihr ich "
    "uns ihnen ihm ihn ist sind war waren wird werden wurde wurden hat haben hatte hatten sein soll sollen "
    "kann können muss müssen nicht noch nur schon auch so wie wo wenn weil dass mehr weniger je pro laut "
    "etwa rund bereits uhr prozent millionen million milliarden januar februar märz april mai juni juli "
    "august september oktober november dezember montag dienstag mittwoch donnerstag freitag samstag sonntag "
    "allein davon dabei damit dafür darunter jährlich täglich"
)


def is_plural(word: str) -> bool:
    """Every German noun may be a plural; its capital tells that it is a noun."""
    return bool(word)


def is_adjective(word: str) -> bool:
    """Whether a word in lower case has an ending that adjectives take before a noun."""
    return len(word) > 3 and word.endswith(("e", "en", "er", "es", "em"))


def singular(word: str) -> str:
    """The singular of a plural by its ending, the commonest exceptions by name. The capital stays."""
    low = word.lower()
    if low in _IRREGULAR:
        return _IRREGULAR[low]
    if low.endswith("innen"):
        return word[:-3]
    if low.endswith("en") and low[:-2].endswith(_FEMININE + _PERSONS):
        return word[:-2]
    if low.endswith(("eln", "ern")) and len(low) > 4:
        return word[:-1]
    if low.endswith("en") and len(low) > 4:
        return word[:-1]
    if low.endswith("e") and len(low) > 3 and not low.endswith(_PARTICIPLES):
        return word[:-1]
    if low.endswith("s") and len(low) > 3 and not low.endswith(("ss", "nis", "us", "eis", "aus")):
        return word[:-1]
    return word
