"""Words that carry no subject: too frequent in their language to tell one text from another."""

from __future__ import annotations

_ENGLISH = (
    "a about above after again against all also am an and any are as at be because been before"
    " being below between both but by can cannot could did do does doing down during each either"
    " few for from further had has have having he her here hers him his how however i if in into"
    " is it its itself just may me might more most must my neither no nor not of off on once only"
    " or other our ours out over own per same shall she should so some such than that the their"
    " theirs them then there therefore these they this those through thus to too under until up"
    " upon us very was we were what when where whether which while who whom whose why will with"
    " within without would you your yours"
)
# In Sudachi's normalised forms.
_JAPANESE = (
    "為る 居る 有る 無い 成る 出来る 行く 来る 言う 因る 於く 対する 関する 仕舞う 呉れる 貰う"
    " 置く 見る 此れ 其れ 彼れ 何れ 此処 其処 何処 此の 其の 彼の 何の"
    " 事 こと 物 もの 為 ため 様 よう"
    " 時 とき 所 ところ 訳 わけ 筈 はず 等 など 中 内 上 下 間 場合 的 性 化 達 方 者 我々 私"
    " 又 及び 並びに 或いは 更に 且つ 但し 然し 従う 依る 基づく 用いる 行う"
    " おける 於ける 各"
)

ENGLISH = frozenset(_ENGLISH.split())
JAPANESE = frozenset(_JAPANESE.split())
