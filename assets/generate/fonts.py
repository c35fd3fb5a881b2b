#!/usr/bin/env python3
"""Cuts Noto Sans down to what pictures need: python3 assets/generate/fonts.py NOTO_FOLDER assets/fonts

Noto Sans has no arrows, mathematical signs or shapes, so those few are taken over from its sisters Noto Sans Math and
Noto Sans Symbols 2 (same designers, same units per em, same licence). Needs fontTools; made with Debian 12's
python3-fonttools 4.38.0 and fonts-noto-core 20201225-1, whose folder is /usr/share/fonts/truetype/noto.
"""

import sys
from pathlib import Path

from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter, parse_unicodes
from fontTools.ttLib import TTFont

# Latin with its extensions, modifier accents, Greek, punctuation, super- and subscripts, currency, letterlike.
KEPT = "0020-024F,02C6-02DD,0300-0304,0306-0308,030A-030C,0370-03FF,1E00-1EFF,2000-209F,20A0-20BF,2100-214F,FFFD"
BORROWED = {
    "NotoSansMath-Regular.ttf": "←↑→↓↔↕↖↗↘↙⇐⇒⇔−∓≤≥≠≈≡∼∝∞√∑∏∂∫∆∅∈∉∩∪⊂⊆∀∃∧∨⋅⟨⟩",
    "NotoSansSymbols2-Regular.ttf": "▲△▶▷▼▽◀◁■□●○◆◇✓✗★☆",
}


def cut(source: Path) -> TTFont:
    font = TTFont(source, recalcTimestamp=False)
    options = Options(layout_features=["kern", "tnum", "lnum", "mark", "mkmk", "ccmp", "locl"], name_IDs=["*"])
    options.hinting = False
    options.notdef_outline = True
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=parse_unicodes(KEPT))
    subsetter.subset(font)
    return font


def borrow(font: TTFont, source: Path, characters: str) -> None:
    other = TTFont(source)
    if other["head"].unitsPerEm != font["head"].unitsPerEm:
        raise SystemExit(f"{source} has another number of units per em")
    have, theirs, glyphs = font.getBestCmap(), other.getBestCmap(), other.getGlyphSet()
    order = font.getGlyphOrder()
    for character in characters:
        code = ord(character)
        if code in have:
            continue
        if code not in theirs:
            raise SystemExit(f"{source} lacks {character}")
        recording, pen = DecomposingRecordingPen(glyphs), TTGlyphPen(None)
        glyphs[theirs[code]].draw(recording)
        recording.replay(pen)
        name = f"uni{code:04X}"
        order.append(name)
        font["glyf"].glyphs[name] = pen.glyph()
        font["hmtx"][name] = other["hmtx"][theirs[code]]
        for table in font["cmap"].tables:
            table.cmap[code] = name
    font.setGlyphOrder(order)
    font["glyf"].glyphOrder = order


def main(noto: Path, target: Path) -> None:
    for weight in ("Regular", "Bold"):
        font = cut(noto / f"NotoSans-{weight}.ttf")
        for file, characters in BORROWED.items():
            borrow(font, noto / file, characters)
        font.save(target / f"NotoSans-{weight}.ttf")


main(Path(sys.argv[1]), Path(sys.argv[2]))
