"""Signs of measure that all languages share, with their names in each."""

from .figure import Kind
from .language import Unit
from .phrases import Phrase

_SIGNS: tuple[tuple[str, Kind, str, str, str], ...] = (
    # signs, kind, English, German, French
    ("km", "distance", "kilometre", "Kilometer", "kilomètre"),
    ("m", "distance", "metre", "Meter", "mètre"),
    ("cm", "distance", "centimetre", "Zentimeter", "centimètre"),
    ("mm", "distance", "millimetre", "Millimeter", "millimètre"),
    ("dm", "distance", "decimetre", "Dezimeter", "décimètre"),
    ("ft", "distance", "foot", "Fuß", "pied"),
    ("mi", "distance", "mile", "Meile", "mille"),
    ("km²|km2|km ²|sq km", "other", "square kilometre", "Quadratkilometer", "kilomètre carré"),
    ("m²|m2|sq m|qm", "other", "square metre", "Quadratmeter", "mètre carré"),
    ("m³|m3", "other", "cubic metre", "Kubikmeter", "mètre cube"),
    ("sq mi", "other", "square mile", "Quadratmeile", "mille carré"),
    ("sq ft", "other", "square foot", "Quadratfuß", "pied carré"),
    ("ha", "other", "hectare", "Hektar", "hectare"),
    ("kg", "other", "kilogram", "Kilogramm", "kilogramme"),
    ("mg", "other", "milligram", "Milligramm", "milligramme"),
    ("g", "other", "gram", "Gramm", "gramme"),
    ("t", "other", "tonne", "Tonne", "tonne"),
    ("lb|lbs", "other", "pound", "Pfund", "livre"),
    ("oz", "other", "ounce", "Unze", "once"),
    ("l", "other", "litre", "Liter", "litre"),
    ("ml", "other", "millilitre", "Milliliter", "millilitre"),
    ("cl", "other", "centilitre", "Zentiliter", "centilitre"),
    ("hl", "other", "hectolitre", "Hektoliter", "hectolitre"),
    ("w", "other", "watt", "Watt", "watt"),
    ("kw", "other", "kilowatt", "Kilowatt", "kilowatt"),
    ("mw", "other", "megawatt", "Megawatt", "mégawatt"),
    ("gw", "other", "gigawatt", "Gigawatt", "gigawatt"),
    ("tw", "other", "terawatt", "Terawatt", "térawatt"),
    ("wh", "other", "watt hour", "Wattstunde", "wattheure"),
    ("kwh", "other", "kilowatt hour", "Kilowattstunde", "kilowattheure"),
    ("mwh", "other", "megawatt hour", "Megawattstunde", "mégawattheure"),
    ("gwh", "other", "gigawatt hour", "Gigawattstunde", "gigawattheure"),
    ("twh", "other", "terawatt hour", "Terawattstunde", "térawattheure"),
    ("mhz", "other", "megahertz", "Megahertz", "mégahertz"),
    ("ghz", "other", "gigahertz", "Gigahertz", "gigahertz"),
    ("kb", "other", "kilobyte", "Kilobyte", "kilooctet"),
    ("mb", "other", "megabyte", "Megabyte", "mégaoctet"),
    ("gb", "other", "gigabyte", "Gigabyte", "gigaoctet"),
    ("tb", "other", "terabyte", "Terabyte", "téraoctet"),
    ("km / h|km/h|kmh|kph|kmph|km / hr", "other", "kilometre per hour", "Kilometer pro Stunde", "kilomètre par heure"),
    ("mph", "other", "mile per hour", "Meile pro Stunde", "mille par heure"),
    ("m / s", "other", "metre per second", "Meter pro Sekunde", "mètre par seconde"),
    ("° c|°c|℃", "other", "degree celsius", "Grad Celsius", "degré celsius"),
    ("° f|°f|℉", "other", "degree fahrenheit", "Grad Fahrenheit", "degré fahrenheit"),
    ("°", "other", "degree", "Grad", "degré"),
    ("h|hr|hrs|std", "duration", "hour", "Stunde", "heure"),
    ("min|mins", "duration", "minute", "Minute", "minute"),
    ("sec|secs|sek", "duration", "second", "Sekunde", "seconde"),
    ("ms", "duration", "millisecond", "Millisekunde", "milliseconde"),
)
_COLUMN = {"en": 2, "de": 3, "fr": 4}


def sign_units(code: str) -> dict[Phrase, Unit]:
    """The signs with their names in a language."""
    column = _COLUMN[code]
    return {tuple(form.split()): Unit(str(row[column]), row[1]) for row in _SIGNS for form in row[0].split("|")}


SINGLE_LETTERS = frozenset("ghltwm")
"""Signs of one letter, which count only close to their number and in lower case, save the watt."""
