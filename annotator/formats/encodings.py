"""The encodings that a person can choose for a text, and among which a guess is made."""

# Codec and what people call it, in the order of a menu. Guesses are made among the legacy ones only: the rarer
# codecs of Python's library (EBCDIC, HZ, Johab …) make wrong guesses likelier and hold no news text.
LABELS = {
    "utf-8": "Unicode (UTF-8)",
    "utf-16-le": "Unicode (UTF-16, little endian)",
    "utf-16-be": "Unicode (UTF-16, big endian)",
    "utf-32-le": "Unicode (UTF-32, little endian)",
    "utf-32-be": "Unicode (UTF-32, big endian)",
    "cp1252": "Western European (Windows-1252)",
    "cp1250": "Central European (Windows-1250)",
    "cp1251": "Cyrillic (Windows-1251)",
    "cp1253": "Greek (Windows-1253)",
    "cp1254": "Turkish (Windows-1254)",
    "cp1255": "Hebrew (Windows-1255)",
    "cp1256": "Arabic (Windows-1256)",
    "cp1257": "Baltic (Windows-1257)",
    "cp1258": "Vietnamese (Windows-1258)",
    "cp874": "Thai (Windows-874)",
    "cp932": "Japanese (Shift JIS)",
    "euc_jp": "Japanese (EUC-JP)",
    "iso2022_jp_2": "Japanese (ISO-2022-JP)",
    "gb18030": "Chinese, simplified (GB 18030)",
    "big5": "Chinese, traditional (Big5)",
    "cp949": "Korean (Windows-949)",
    "koi8_r": "Cyrillic (KOI8-R)",
    "koi8_u": "Cyrillic (KOI8-U)",
    "iso8859_2": "Central European (ISO 8859-2)",
    "iso8859_5": "Cyrillic (ISO 8859-5)",
    "iso8859_7": "Greek (ISO 8859-7)",
    "iso8859_15": "Western European (ISO 8859-15)",
    "cp437": "DOS, United States (437)",
    "cp850": "DOS, Western European (850)",
    "cp866": "DOS, Cyrillic (866)",
    "mac_roman": "Mac, Western European",
    "mac_cyrillic": "Mac, Cyrillic",
}

GUESSED = [codec for codec in LABELS if not codec.startswith(("utf", "iso2022", "iso8859_15"))]


def label(codec: str) -> str:
    """What to show for a codec; one that is not in the list shows as itself."""
    return LABELS.get(codec, codec)
