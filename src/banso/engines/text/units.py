"""Units of measure under one name: ㎞, km, kilometres and キロメートル are `km`.

Symbols and prefixes are those of the International System (BIPM, SI brochure); counters are those
of Japanese prose. Names only: 3,000 m stays 3,000 m.
"""

from __future__ import annotations

import re

PREFIXES = {
    "": ("", ""),
    "T": ("テラ", "tera"),
    "G": ("ギガ", "giga"),
    "M": ("メガ", "mega"),
    "k": ("キロ", "kilo"),
    "h": ("ヘクト", "hecto"),
    "d": ("デシ", "deci"),
    "c": ("センチ", "centi"),
    "m": ("ミリ", "milli"),
    "μ": ("マイクロ", "micro"),
    "n": ("ナノ", "nano"),
    "p": ("ピコ", "pico"),
}
# Symbol: names, and the prefixes it is used with.
PREFIXED = {
    "m": ("メートル meter metre", "kcmμn"),
    "m2": ("平方メートル", "kcm"),
    "m3": ("立方メートル", "kcm"),
    "g": ("グラム gram gramme", "kmμn"),
    "L": ("リットル litre liter l", "dmμk"),
    "s": ("秒 second sec", "mμnp"),
    "Hz": ("ヘルツ hertz", "kMGT"),
    "W": ("ワット watt", "kMGm"),
    "Wh": ("ワット時", "kMG"),
    "V": ("ボルト volt", "kmμ"),
    "A": ("アンペア ampere amp", "kmμ"),
    "Pa": ("パスカル pascal", "hkMG"),
    "J": ("ジュール joule", "kMm"),
    "N": ("ニュートン newton", "kMm"),
    "B": ("バイト byte", "kMGT"),
    "bit": ("ビット", "kMG"),
    "bps": ("ビット毎秒", "kMGT"),
    "eV": ("電子ボルト", "kMG"),
    "Ω": ("オーム ohm", "kMm"),
    "Sv": ("シーベルト sievert", "mμ"),
    "Bq": ("ベクレル becquerel", "kMGT"),
    "mol": ("モル mole", "mμ"),
    "F": ("ファラド farad", "μnp"),
}
SIMPLE = {
    "K": "ケルビン kelvin",
    "t": "トン ton tonne",
    "ha": "ヘクタール hectare",
    "min": "分 分間 minute",
    "h": "時間 hour hr",
    "d": "日間 day",
    "week": "週間",
    "month": "か月 ヶ月 カ月 ヵ月 箇月",
    "year": "年 年間 yr",
    "JPY": "円 yen",
    "USD": "ドル 米ドル dollar",
    "EUR": "ユーロ euro",
    "people": "人 名 person",
    "%": "パーセント percent",
    "‰": "パーミル",
    "°C": "度C 摂氏度",
    "deg": "° 度 degree",
    "kt": "ノット knot",
    "nmi": "海里 NM",
    "dB": "デシベル decibel",
    "rpm": "回転/分",
    "times": "倍",
    "ppm": "",
    "ppb": "",
    "日": "",
    "月": "",
    "件": "",
    "個": "",
    "台": "",
    "機": "",
    "隻": "",
    "回": "",
    "本": "",
    "枚": "",
    "歳": "",
    "社": "",
}
# A counter that begins another word is not a counter: 3回路, 5個人, 2機関.
BEGINS_A_WORD = {
    "機": "関能械構会材器",
    "名": "前称目",
    "本": "研事件文稿邦年来質体",
    "回": "路転答収復帰",
    "分": "野析類科割散布子岐",
    "円": "形滑盤周筒",
    "個": "人別体",
    "台": "風湾帳",
    "件": "名",
    "人": "工類材間口",
    "日": "本",
    "度": "合",
    "年": "齢",
    "枚": "挙",
    "社": "会員",
    "倍": "率",
}
WRITTEN_IN_CAPITALS = ("km", "kg", "cm", "mm", "Hz", "kHz", "MHz", "GHz", "kW", "dB")
ASCII_WORD = re.compile(r"[A-Za-z]{3,}")


def _aliases() -> dict[str, str]:
    aliases: dict[str, str] = {}
    for symbol, (names, prefixes) in PREFIXED.items():
        for prefix in ("", *prefixes):
            kana, latin = PREFIXES[prefix]
            forms = [prefix + symbol, *(_prefixed(name, kana, latin) for name in names.split())]
            aliases |= dict.fromkeys(forms, prefix + symbol)
    for symbol, names in SIMPLE.items():
        aliases |= dict.fromkeys([symbol, *names.split()], symbol)
    # After NFKC the micro sign is the Greek letter; many keyboards have only u.
    aliases |= {"u" + key[1:]: name for key, name in aliases.items() if key.startswith("μ")}
    plurals = {key + "s": name for key, name in aliases.items() if ASCII_WORD.fullmatch(key)}
    aliases = plurals | aliases | {"feet": "ft", "foot": "ft", "ft": "ft", "people": "people"}
    capitals = {key.capitalize(): name for key, name in aliases.items() if ASCII_WORD.match(key)}
    return {key.upper(): aliases[key] for key in WRITTEN_IN_CAPITALS} | capitals | aliases


def _prefixed(name: str, kana: str, latin: str) -> str:
    if name == "l":
        return {"": "l", "milli": "ml", "deci": "dl", "micro": "μl", "kilo": "kl"}.get(latin, "l")
    return (latin if name.isascii() else kana) + name


def _pattern() -> str:
    """Match the longest name first, and no name that is the beginning of a longer word."""
    return "|".join(map(_guarded, sorted(UNITS, key=len, reverse=True)))


def _guarded(name: str) -> str:
    exponent = r"\^?[23](?!\d)" if name in LENGTHS else ""
    escaped = re.escape(name) + (f"(?:{exponent})?" if exponent else "")
    if name[-1].isascii() and name[-1].isalnum():
        return escaped + r"(?![A-Za-z0-9])"
    if "ァ" <= name[-1] <= "ー":
        return escaped + "(?![ァ-ー])"
    following = BEGINS_A_WORD.get(name, "")
    return escaped + (f"(?![{following}])" if following else "")


def named(written: str) -> str:
    """Name a unit as this module does, a quotient part by part.

    >>> named("キロメートル/時間")
    'km/h'
    """
    return "/".join(_named(part) for part in written.replace("毎", "/").split("/"))


def _named(part: str) -> str:
    part = part.replace("^", "")
    return UNITS.get(part, part)


UNITS = _aliases()
LENGTHS = frozenset({"m", "km", "cm", "mm", "μm", "nm"})
UNIT = _pattern()
