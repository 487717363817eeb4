"""Whether the full stop at the end of a word belongs to the word (p.m., U.S., J., Inc.) or ends a sentence."""

import re
from collections.abc import Mapping

# Abbreviations with one full stop that stand at the end of names, amounts and dates. Written as they are in the middle
# of a sentence; months and titles in capitals only, so that "mar." or "gen." at a sentence's end is no abbreviation.
_COMMON = "Inc Ltd Corp Co Bros Jr Sr vs etc St Dr Prof Mr Mrs Ms bn mn tn mrd"
_BY_LANGUAGE: Mapping[str, str] = {
    "en": "Sen Rep Gov Gen Lt Col Maj Capt Sgt Rev Hon Dept Univ Assn Intl Natl Pty Plc approx est Esq "
    "Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec Mon Tue Tues Wed Thu Thur Thurs Fri Sat Sun",
    "de": "usw bzw ca ggf evtl Mio Mrd Bd Nr Abs Art Str Hrsg Jh Jhs Chr GmbH Co Ges Kap Abt inkl exkl Std Min Sek Tsd "
    "Jan Febr Feb Apr Aug Sept Okt Nov Dez Mo Di Mi Do Fr Sa So sen jun",
    "fr": "etc env av hab max min janv févr avr juill sept oct nov déc Mme Cie Sté dép",
    "es": "etc Sr Sra Srta Sres Dra Ud Uds Vd Vds Gral Cía pág aprox núm",
    "it": "ecc sig dott prof avv on sen gen pag art ca",
    "pt": "etc Sr Sra Dra Exmo Cia pág aprox núm",
    "nl": "enz bijv ca mr drs ir blz afd",
    "pl": "itd itp im ul mln mld tys prof dr gen płk",
    "uk": "грн млн млрд тис р рр ст ім вул проф ген",
    "ru": "руб млн млрд тыс г гг ст им ул проф ген",
}
_LETTERS_WITH_STOPS = re.compile(r"(?:[^\W\d_]{1,4}\.[-‐]?)+[^\W\d_]{1,4}")


def keeps_its_stop(word: str, following: str, language: str) -> bool:
    """Whether the full stop behind `word` belongs to it; `following` is the character behind the full stop."""
    if following and following in ",;:":  # a sentence does not end before a comma
        return True
    if len(word) == 1 and word.isupper():
        return True
    if _LETTERS_WITH_STOPS.fullmatch(word):
        return True
    primary = language.replace("_", "-").partition("-")[0].lower() or "en"
    return word in _COMMON.split() or word in _BY_LANGUAGE.get(primary, "").split()
