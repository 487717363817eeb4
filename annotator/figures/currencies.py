"""Signs and ISO 4217 codes of money; the words for it are the languages' own."""

from .phrases import words

SIGNS = {
    "$": "USD",
    "€": "EUR",
    "£": "GBP",
    "¥": "JPY",
    "₽": "RUB",
    "₴": "UAH",
    "₺": "TRY",
    "₹": "INR",
    "₩": "KRW",
    "₪": "ILS",
    "₫": "VND",
    "₦": "NGN",
    "₱": "PHP",
    "₸": "KZT",
    "₾": "GEL",
    "₭": "LAK",
    "₡": "CRC",
    "₲": "PYG",
    "₵": "GHS",
    "₼": "AZN",
    "฿": "THB",
    "৳": "BDT",
    "₿": "XBT",
}
"""A bare $ is the US dollar and ¥ the yen: what news means by them; `A$` and its like are told by `DOLLARS`."""

DOLLARS = {
    "us": "USD",
    "u.s": "USD",
    "u.s.": "USD",
    "usd": "USD",
    "a": "AUD",
    "au": "AUD",
    "aud": "AUD",
    "c": "CAD",
    "ca": "CAD",
    "can": "CAD",
    "cad": "CAD",
    "nz": "NZD",
    "nzd": "NZD",
    "hk": "HKD",
    "s": "SGD",
    "sg": "SGD",
    "nt": "TWD",
    "r": "BRL",
    "mx": "MXN",
    "j": "JMD",
}
SPACED_DOLLARS = frozenset({"us", "u.s", "u.s.", "c"})
"""What may stand off from its $: "US $ 5"."""

CODES = words(
    """
    AED AFN AMD AOA ARS AUD AZN BBD BDT BGN BHD BIF BND BRL BWP BYN CAD CDF CHF CLP CNH CNY CRC CZK DJF DKK DOP
    DZD EGP ERN ETB EUR GBP GHS GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR
    KPW KRW KWD KZT LBP LKR LRD LSL LYD MDL MGA MKD MMK MNT MRU MUR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR
    PAB PGK PHP PKR PLN PYG QAR RSD RUB RWF SAR SDG SEK SGD SSP SYP SZL THB TJS TMT TND TTD TWD TZS UAH UGX USD
    UYU UZS VND XAF XBT XOF YER ZAR ZMW
    """
)
"""All in use but those that read as words where titles stand in capitals (ALL, CUP, COP 26)."""

LOWER_CODES = frozenset({"usd", "eur", "gbp", "chf", "rmb"})
"""Codes that are read in lower case too: the others are words ("all", "try", "cup")."""

OTHER_CODES = {"RMB": "CNY", "Rs": "INR", "KM": "BAM", "zł": "PLN", "Kč": "CZK", "TRY": "TRY", "BTC": "XBT"}


def code_of(word: str) -> tuple[str, int] | None:
    """The ISO code of a money word of an agency (USD, MUSD, TEUR), and the factor that is written into it."""
    if word in OTHER_CODES:
        return OTHER_CODES[word], 1
    if word in CODES or word in LOWER_CODES:
        return ("CNY" if word == "rmb" else word.upper()), 1
    if len(word) == 4 and word[0] in "MT" and word[1:] in CODES:
        return word[1:], 1_000_000 if word[0] == "M" else 1_000
    return None
