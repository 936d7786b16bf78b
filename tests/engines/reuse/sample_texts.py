"""Small invented texts in both languages, and the changes that a copy goes through."""

import re

JAPANESE = (
    "海底ケーブルの被覆に使う新しい樹脂は、深さ三千メートルの水圧でも形を保つことが確かめられた。"
    "試験では、温度を二度から四十度まで変えながら、半年にわたり曲げと引張りを繰り返した。"
    "破断した試料の断面を電子顕微鏡で調べると、気泡の周りから細かな割れ目が伸びていた。"
    "そこで製造工程に真空の脱泡を加え、冷却の速さを半分に落としたところ、割れ目は見られなくなった。"
    "費用は従来の被覆より一割ほど高いが、交換までの年数が倍になるので、全体では安くなると見込まれる。"
    "次の段階では、漁具との接触や地震による地滑りを想定し、実際の海域で二年間の観測を行う予定である。"
)
OTHER_JAPANESE = (
    "町の図書館では、夏休みの間に子ども向けの読書会を毎週開いている。"
    "司書が選んだ絵本を声に出して読み、聞き終えたあとで好きな場面を紙に描いてもらう。"
    "参加した家族の多くは、家でも寝る前に本を開く習慣が付いたと話した。"
    "秋からは高校生が読み手を務める回も設け、世代を越えた交流の場に育てていきたいという。"
)
ENGLISH = (
    "The prototype glider surveyed the trench for eleven weeks without surfacing, relying on a compact "
    "acoustic modem that relayed its position to drifting buoys. Battery consumption fell sharply once the "
    "buoyancy pump was rebuilt with ceramic seals, because friction had previously wasted a third of the "
    "stored energy. Sediment plumes disturbed the sonar during the second month, so the crew retrained the "
    "classifier using recordings from calmer water. A later campaign will tow magnetometers beside the hull "
    "and compare their drift against seafloor beacons anchored by the coast guard."
)
OTHER_ENGLISH = (
    "Volunteers repaired the village bakery after the flood and reopened it before winter. Children painted "
    "the shutters, the miller donated rye flour, and a retired teacher kept the accounts in a green notebook. "
    "Every Saturday the queue stretches past the chapel toward the bridge."
)
KEY = bytes(range(32))
OTHER_KEY = bytes(range(1, 33))


def clauses_of(text):
    return [part for part in re.split(r"(?<=[、。])", text) if part]


def laid_out(text, rng):
    """Break and space the text at random, in characters that mean nothing."""
    noise = ["", "", "", "\n", " ", "　", "\u200b", "\r\n"]
    return "".join(character + rng.choice(noise) for character in text)
