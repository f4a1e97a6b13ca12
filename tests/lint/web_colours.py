#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Qingce authors
"""What portal, console and telephone pages write can be read: the named colours of their style sheets, in light and dark,
4.5 : 1 at least, and 7 : 1 for whoever asks for more contrast. Prints TAP."""
import pathlib
import re
import sys

FOLDER = pathlib.Path(__file__).resolve().parents[2] / "resources/center"
# what is written × what it is written on; the first that is "#…" is no name
PAIRS = {
    "center.css": [(ink, ground) for ink in ("ink", "soft", "accent", "fault", "good") for ground in ("paper", "ground")]
    + [("fault", "fault-ground"), ("practice", "practice-ground"), ("accent-ink", "accent")],
    "phone.css": [(ink, ground) for ink in ("ink", "dim") for ground in ("page", "card")]
    + [("ink", "good"), ("ink", "bad"), ("act-ink", "act")],
}
SCHEMES = {"light": (), "dark": ("dark",), "more": ("more",), "more, dark": ("dark", "more")}


def names(text):
    return dict(re.findall(r"--([a-z-]+):\s*(#[0-9a-f]+)", text))


def blocks(text):
    """What a name means without a question, and for each question about the screen."""
    found, plain, at = {}, "", 0
    for media in re.finditer(r"@media \(([^{]*)\) \{", text):
        depth, end = 1, media.end()
        while depth:
            depth += {"{": 1, "}": -1}.get(text[end], 0)
            end += 1
        found.setdefault(media.group(1), "")
        found[media.group(1)] += text[media.end():end]
        plain, at = plain + text[at:media.start()], end
    return names(plain + text[at:]), {key: names(value) for key, value in found.items()}


def meant(text, wanted):
    plain, asked = blocks(text)
    for question, colours in asked.items():
        needs = {word for word in ("dark", "more") if word in question}
        if needs and needs <= set(wanted):
            plain = {**plain, **colours}
    return plain


def luminance(colour):
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    parts = [int(digits[i:i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def faint(sheet, scheme):
    colours = meant((FOLDER / sheet).read_text(encoding="utf-8"), SCHEMES[scheme])
    least = 7.0 if "more" in scheme else 4.5
    for ink, ground in PAIRS[sheet]:
        got = ratio(colours[ink], colours[ground])
        if got < least:
            print(f"# {sheet}, {scheme}: --{ink} {colours[ink]} on --{ground} {colours[ground]} is {got:.2f} : 1")
            yield ink


def main():
    assert abs(ratio("#000", "#ffffff") - 21) < 0.01
    sheets = [(sheet, scheme) for sheet in PAIRS for scheme in SCHEMES]
    print(f"1..{len(sheets)}")
    good = True
    for number, (sheet, scheme) in enumerate(sheets, 1):
        bad = list(faint(sheet, scheme))
        good = good and not bad
        print("not ok" if bad else "ok", number, f"- {sheet}, {scheme}: what is written can be read")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
