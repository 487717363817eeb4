"""The looks of the page of annotated articles: the colours, patterns and measures of the window, light and dark."""

from collections.abc import Mapping, Sequence
from urllib.parse import quote

from annotator.model.codebook import Codebook

# The window's own colours (a test keeps the two alike).
LIGHT = {
    "page": "#ffffff", "side": "#f7f7f5", "line": "#e6e6e2", "ink": "#1c1c1f", "ink2": "#4d4e55", "ink3": "#5f6169",
    "accent": "#5548c8", "on-tag": "#ffffff",
}  # fmt: skip
DARK = {
    "page": "#1b1c1f", "side": "#151618", "line": "#2b2c31", "ink": "#e8e8ea", "ink2": "#b6b7be", "ink3": "#9c9ea7",
    "accent": "#a9a1ff", "on-tag": "#131416",
}  # fmt: skip
WASH = 26  # alpha of a statement's wash, of 255
UNKNOWN = "tx"  # the looks of a tag that the codebook does not have

_LANE = 5  # pixels from lane to lane
_TILES = {
    "solid": "<rect width='8' height='2' fill='{c}'/>",
    "double": "<rect width='8' height='1' fill='{c}'/><rect y='3' width='8' height='1' fill='{c}'/>",
    "dash": "<rect width='5.6' height='2' fill='{c}'/>",
    "dot": "<rect width='2' height='2' fill='{c}'/><rect x='4' width='2' height='2' fill='{c}'/>",
    "wave": "<path d='M-4 1.7Q-2 .2 0 1.7T4 1.7T8 1.7T12 1.7' fill='none' stroke='{c}' stroke-width='1.3'/>",
    "gap": "<rect width='1.2' height='1.2' fill='{c}'/><rect x='4' width='1.2' height='1.2' fill='{c}'/>",
}


def looks(codebook: Codebook | None) -> dict[str, str]:
    """Tag → the name under which the style sheet has its looks."""
    return {tag.id: f"t{number}" for number, tag in enumerate(codebook.tags)} if codebook else {}


def style(codebook: Codebook | None) -> str:
    """The whole style sheet."""
    bars = (
        {name: tag.bar for tag, name in zip(codebook.tags, looks(codebook).values(), strict=True)} if codebook else {}
    )
    light, dark = {UNKNOWN: LIGHT["ink3"]}, {UNKNOWN: DARK["ink3"]}
    for tag, name in zip(codebook.tags, bars, strict=True) if codebook else ():
        light[name], dark[name] = tag.light, tag.dark
    bars[UNKNOWN] = "solid"
    classes = "".join(f".{name}{{--c:var(--{name});--p:var(--p-{name});--w:var(--w-{name})}}\n" for name in bars)
    return (
        f":root{{color-scheme:light dark;{_variables(LIGHT, light, bars)}}}\n"
        f"@media (prefers-color-scheme:dark){{:root{{{_variables(DARK, dark, bars)}}}}}\n{classes}{_PAGE}"
    )


def background(lines: Sequence[tuple[int, str, bool]], wash: str, bar: str, foot: str, *, rtl: bool) -> str:
    """The CSS background of a stretch: the bar and foot of statements that begin and end, lines in lanes, the wash."""
    layers = []
    begin, end = ("right", "left") if rtl else ("left", "right")
    if bar:
        layers.append(f"linear-gradient(var(--{bar}),var(--{bar})) {begin} 0/1.5px var(--f) no-repeat")
    if foot:
        layers.append(f"linear-gradient(var(--{foot}),var(--{foot})) {end} var(--f)/5px 1.5px no-repeat")
    for lane, name, gap in sorted(lines):
        drop = f"{_LANE * lane}px"
        layers.append(f"var(--{'g' if gap else 'p'}-{name}) 0 calc(var(--f) + {drop})/8px 4px repeat-x")
    if wash:
        layers.append(f"linear-gradient(var(--w-{wash}),var(--w-{wash})) 0 0/100% var(--f) no-repeat")
    return ",".join(layers)


def room(lanes: int) -> int:
    """Pixels under each line of text for so many lanes; two fit at least, as in the window."""
    return max(9, _LANE * lanes)


def _variables(tokens: Mapping[str, str], colours: Mapping[str, str], bars: Mapping[str, str]) -> str:
    told = [f"--{name}:{value}" for name, value in tokens.items()]
    for name, colour in colours.items():
        red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
        told.append(f"--{name}:{colour}")
        told.append(f"--w-{name}:rgba({red},{green},{blue},{WASH / 255:.3f})")
        told.append(f"--p-{name}:{_tile(bars[name], colour)}")
        told.append(f"--g-{name}:{_tile('gap', colour)}")
    return ";".join(told)


def _tile(bar: str, colour: str) -> str:
    drawn = _TILES[bar].format(c=colour)
    picture = f"<svg xmlns='http://www.w3.org/2000/svg' width='8' height='4' viewBox='0 0 8 4'>{drawn}</svg>"
    return f'url("data:image/svg+xml,{quote(picture, safe=" =:/")}")'


_PAGE = """
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--ink);font:13px/1.5 Inter,"Segoe UI",system-ui,Cantarell,"Noto Sans",
"DejaVu Sans",sans-serif;print-color-adjust:exact;-webkit-print-color-adjust:exact}
a{color:var(--accent)}
header,nav,main{max-width:760px;margin:0 auto;padding:0 32px}
header{padding-top:32px}
h1{font-size:28px;font-weight:600;line-height:1.2;margin:0 0 8px}
h2{font-size:20px;font-weight:600;line-height:1.3;margin:0 0 4px}
h3{font-size:13px;font-weight:600;color:var(--ink2);margin:24px 0 8px}
.meta{color:var(--ink3);margin:0 0 8px}
.legend{display:flex;flex-wrap:wrap;gap:6px 20px;list-style:none;margin:16px 0;padding:0}
.legend .bar{display:inline-block;width:24px;height:4px;margin-inline-start:8px;vertical-align:middle;
background:var(--p) 0 0/8px 4px repeat-x}
.legend b,.word,.name{color:var(--c);font-weight:600}
nav{border-top:1px solid var(--line);padding-top:16px;padding-bottom:32px}
article{border-top:1px solid var(--line);padding:32px 0}
.text{position:relative;padding-inline-start:96px;font:16px/1 Charter,"Iowan Old Style",Georgia,"Noto Serif",
"Source Serif 4",Cambria,"DejaVu Serif","Liberation Serif",serif;word-spacing:1.75px;overflow-wrap:anywhere}
.text p{margin:0;line-height:calc(22px + var(--room));min-height:14px}
.text p.k{white-space:pre-wrap}
.text p[dir=rtl]{margin-left:-96px;padding-right:96px}
.s{--f:calc(100% - var(--room));padding-bottom:var(--room)}
.o{margin-inline-start:-2px;padding-inline-start:2px}
.words{float:left;clear:left;width:82px;margin:5px 14px 0 -96px;text-align:right;word-spacing:0;user-select:none;
-webkit-user-select:none;font:600 11px/13px Inter,"Segoe UI",system-ui,"Noto Sans","DejaVu Sans",sans-serif}
.word{display:block;padding-right:8px;margin-bottom:2px;text-decoration:none;overflow-wrap:anywhere;
border:0 solid var(--c);border-right-width:3px}
[dir=rtl] .words{float:right;clear:right;margin:5px -96px 0 14px;text-align:left}
[dir=rtl] .word{padding:0 0 0 8px;border-width:0 0 0 3px}
.dash{border-style:dashed}.dot{border-style:dotted}.double{border-style:double}
details{margin:16px 0 0 96px}
summary{cursor:pointer;color:var(--accent)}
summary:focus-visible,a:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
details ol{padding-inline-start:28px;margin:8px 0}
details li{margin:0 0 8px}
details li:target{background:var(--side);outline:2px solid var(--accent)}
dl:empty{display:none}
q{font-family:Charter,Georgia,"Noto Serif","DejaVu Serif",serif;quotes:none}
dl{display:grid;grid-template-columns:max-content 1fr;gap:0 12px;margin:2px 0;color:var(--ink2)}
dt{color:var(--ink3)}dd{margin:0;overflow-wrap:anywhere}
@media (max-width:700px){.text{padding-inline-start:0}header,nav,main{padding-inline:16px}nav ol{columns:1}
.text p[dir=rtl]{margin:0;padding:0}details{margin-inline-start:0}
.words,[dir=rtl] .words{float:none;margin:0 4px 0 0}
.word,[dir=rtl] .word{display:inline;border:0;padding:0}.word+.word{margin-inline-start:4px}}
"""
