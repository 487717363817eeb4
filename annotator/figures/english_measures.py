"""What English measures in: units, money, rates."""

from .figure import Kind
from .language import Measures, table_of_units
from .phrases import Phrase, Phrases, by_value, listed, phrases, words
from .units import sign_units

_UNITS: tuple[tuple[Kind, str], ...] = (
    (
        "duration",
        """
        second: seconds
        minute: minutes
        hour: hours
        day: days
        week: weeks
        fortnight: fortnights
        month: months
        quarter-century: quarter - century
        year: years|yr|yrs
        decade: decades
        century: centuries
        millennium: millennia
        night: nights
        """,
    ),
    (
        "distance",
        """
        kilometre: kilometres|kilometer|kilometers|kms
        metre: metres|meter|meters
        centimetre: centimetres|centimeter|centimeters
        millimetre: millimetres|millimeter|millimeters
        mile: miles
        nautical mile: nautical miles
        yard: yards
        foot: feet
        inch: inches
        light year: light years
        """,
    ),
    (
        "other",
        """
        square kilometre: square kilometres|square kilometer|square kilometers
        square metre: square metres|square meter|square meters
        square mile: square miles
        square foot: square feet
        cubic kilometre: cubic kilometres|cubic kilometer|cubic kilometers
        cubic metre: cubic metres|cubic meter|cubic meters
        cubic foot: cubic feet
        hectare: hectares
        acre: acres
        tonne: tonnes|metric ton|metric tons|metric tonne|metric tonnes
        ton: tons
        kiloton: kilotons|kilotonne|kilotonnes
        megaton: megatons
        kilogram: kilograms|kilogramme|kilogrammes|kilo|kilos
        gram: grams|gramme|grammes
        milligram: milligrams
        microgram: micrograms
        ounce: ounces
        barrel: barrels
        gallon: gallons
        bushel: bushels
        litre: litres|liter|liters
        millilitre: millilitres|milliliter|milliliters
        watt: watts
        kilowatt: kilowatts
        megawatt: megawatts
        gigawatt: gigawatts
        kilowatt hour: kilowatt hours|kilowatt - hour|kilowatt - hours
        megawatt hour: megawatt hours|megawatt - hour|megawatt - hours
        gigawatt hour: gigawatt hours
        volt: volts
        hertz:
        megahertz:
        gigahertz:
        bit: bits
        byte: bytes
        kilobyte: kilobytes
        megabyte: megabytes
        gigabyte: gigabytes
        terabyte: terabytes
        knot: knots
        kilometre per hour: kilometres per hour|kilometers per hour|kilometres an hour|kilometers an hour
        mile per hour: miles per hour|miles an hour
        degree: degrees
        degree celsius: degrees celsius|degree celsius|celsius|degrees centigrade|degrees c|deg c
        degree fahrenheit: degrees fahrenheit|fahrenheit|degrees f
        basis point: basis points
        """,
    ),
)

_NATIONS = {
    "us": "USD",
    "u.s.": "USD",
    "u.s": "USD",
    "american": "USD",
    "united states": "USD",
    "canadian": "CAD",
    "australian": "AUD",
    "new zealand": "NZD",
    "hong kong": "HKD",
    "singapore": "SGD",
    "taiwan": "TWD",
}
_CURRENCIES: dict[Phrase, str] = dict.fromkeys(phrases("dollar|dollars|bucks"), "USD")
for _nation, _code in _NATIONS.items():
    for _word in ("dollar", "dollars"):
        _CURRENCIES[*_nation.split(), _word] = _code
_CURRENCIES |= by_value(
    {
        "EUR": "euro|euros",
        "GBP": "pound sterling|pounds sterling|british pound|british pounds|pound|pounds",
        "EGP": "egyptian pound|egyptian pounds",
        "LBP": "lebanese pound|lebanese pounds",
        "SYP": "syrian pound|syrian pounds",
        "RUB": "rouble|roubles|ruble|rubles|russian roubles|russian rubles",
        "BYN": "belarusian roubles|belarusian rubles",
        "UAH": "hryvnia|hryvnias|hryvna",
        "JPY": "yen|japanese yen",
        "CNY": "yuan|chinese yuan|renminbi|yuan renminbi",
        "INR": "rupee|rupees|indian rupees|indian rupee",
        "PKR": "pakistani rupees|pakistani rupee",
        "LKR": "sri lankan rupees",
        "TRY": "lira|liras|turkish lira|turkish liras",
        "ILS": "shekel|shekels|israeli shekels",
        "CHF": "swiss franc|swiss francs",
        "XOF": "cfa francs|cfa franc",
        "PLN": "zloty|zlotys|zloties|polish zlotys",
        "HUF": "forint|forints|hungarian forints",
        "CZK": "koruna|korunas|czech crown|czech crowns|czech koruna|czech korunas",
        "SEK": "krona|kronor|swedish krona|swedish kronor|swedish crowns",
        "NOK": "norwegian krone|norwegian kroner|norwegian crowns",
        "DKK": "danish krone|danish kroner|danish crowns",
        "RON": "romanian lei",
        "KRW": "south korean won|korean won",
        "IDR": "rupiah",
        "MYR": "ringgit",
        "THB": "baht|thai baht",
        "VND": "dong|vietnamese dong",
        "BRL": "brazilian reais|brazilian real|reais",
        "ZAR": "rand|south african rand",
        "NGN": "naira",
        "KZT": "tenge",
        "GEL": "lari|georgian lari",
        "SAR": "saudi riyals|saudi riyal",
        "IRR": "iranian rials|iranian rial",
        "MXN": "mexican pesos|mexican peso",
        "ARS": "argentine pesos|argentine peso",
        "XBT": "bitcoin|bitcoins",
        "cent": "cents|cent|us cents|euro cents",
        "penny": "penny|pence|pennies",
        "crown": "crowns|crown",
        "krone": "kroner|krone",
        "franc": "francs|franc",
        "peso": "pesos|peso",
        "peseta": "pesetas|peseta",
        "markka": "markka|finnish markka",
        "mark": "german marks|deutschmarks|deutsche marks",
        "dinar": "dinars|dinar",
        "dirham": "dirhams|dirham",
        "rial": "rials|rial",
        "riyal": "riyals|riyal",
        "taka": "taka|takas",
        "leu": "leu",
        "guilder": "guilders|guilder",
        "kuai": "kuai",
        "satoshi": "satoshi|satoshis",
    }
)

_TIMES = listed("second minute hour day week month quarter year night decade")
_EACH = listed(
    "share barrel tonne ton head person kilo kilogram kg gallon litre liter dozen piece ounce acre household unit"
)
_RATES: dict[Phrase, str] = {
    (article, unit): f"per {unit}" for article in ("a", "an", "per", "/") for unit in _TIMES + _EACH
}
_RATES |= {("-", "a", "-", unit): f"per {unit}" for unit in _TIMES + _EACH}
_RATES |= {(article, unit): f"per {unit}" for article in ("each", "every") for unit in _TIMES}
_RATES |= {
    ("per", unit): f"per {unit}" for unit in ("capita", "kilometre", "kilometer", "mile", "metre", "kilowatt", "cent")
}
_RATES |= {("annually",): "per year", ("yearly",): "per year", ("monthly",): "per month", ("daily",): "per day"}
_RATES |= {("weekly",): "per week", ("apiece",): "per piece"}
del _RATES["per", "cent"]

MEASURES = Measures(
    units=Phrases({**sign_units("en"), **table_of_units(_UNITS)}),
    percent=Phrases(
        by_value(
            {
                "%": "%|percent|per cent|percents|pct|per - cent|- percent|- per - cent",
                "pp": "percentage points|percentage point|percentage - point|- percentage - point|pp|% points|ppt|ppts",
            }
        )
    ),
    ages=Phrases(dict.fromkeys(phrases("old|- old|of age|- olds"), "")),
    age_before=words("aged age"),
    year="year",
    ago=words("ago earlier before later"),
    ago_before=words(""),
    rates=Phrases(_RATES),
    currencies=Phrases(_CURRENCIES),
    times=words("times"),
    comparing=words("the as that what its their his her more higher larger bigger greater faster longer this"),
    fold=words("fold"),
    strong=words("strong"),
)
