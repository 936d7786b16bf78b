"""Kanji of names that are written in several ways (異体字), for keys alone.

The first of a group is the one that a key holds. A group says that people look for the one and
mean the other, not that the characters are the same: names are never rewritten by it.
"""

from __future__ import annotations

from typing import Final

_GROUPS: Final = """
高髙 崎﨑嵜碕 斉斎齊齋齎 辺邊邉 沢澤 浜濱濵 国國圀 広廣 桜櫻 島嶋嶌 富冨 真眞
竜龍 滝瀧 吉𠮷 恵惠 関關 鉄鐵鐡鉃 曽曾 徳德 館舘 峰峯 秋穐 条條 静靜 将將 寿壽
万萬 亘亙 礼禮 当當 栄榮 学學 実實 弥彌 円圓 黒黑 豊豐 穂穗 来來 与與 亀龜
鶴靏靍靎 桧檜 柏栢 槙槇 薮藪籔 桑桒 柳栁桺 野埜 涼凉 芦蘆 児兒 巌巖 厳嚴 壮壯
尭堯 遥遙 侭儘 晋晉 従從 蔵藏 郎郞 隣鄰 籠篭 鴎鷗 頼賴 園薗 渕淵渊 戸戶 戻戾
呉吳 青靑 清淸 増增 巣巢 横橫 歩步 毎每 温溫 焼燒 瑶瑤 緑綠 縁緣 薫薰 虚虛
謡謠 鋭銳 黄黃 即卽 鶏鷄 剣劍劒剱 勲勳 双雙 叡睿 塩鹽 壱壹 声聲 売賣 変變 奥奧
姫姬 嬢孃 宝寶寳 対對 専專 尚尙 岳嶽 巻卷 帯帶 庁廳 庄荘莊 応應 恒恆 慎愼 懐懷
戦戰 払拂 抜拔 択擇 拝拜 拠據 挙擧 挿插 捜搜 摂攝 撹攪 数數 旧舊 昼晝 暁曉
楽樂 様樣 検檢 権權 欧歐 歓歡 歯齒 歳歲 残殘 気氣 沈沉 満滿 湾灣 潜潛 瀬瀨
灯燈 点點 為爲 犠犧 独獨 猟獵 画畫 畳疊 痩瘦 発發 県縣 砕碎 称稱 稲稻 穣穰
竈竃 粋粹 糸絲 経經 絵繪 継繼 総總 縄繩 繊纖 聡聰 胆膽 脳腦 舎舍 舗舖 芸藝
茎莖 薬藥 蛍螢 蝉蟬 覚覺 観觀 触觸 訳譯 証證 読讀 譲讓 賛贊 賢贒 軽輕 転轉
辞辭 逓遞 遅遲 郷鄕鄊 酔醉 醸釀 釈釋 釜釡 銭錢 鋳鑄 錬鍊 録錄 鎌鐮 閑閒 陥陷
険險 随隨 隠隱 雑雜 霊靈 頬頰 顕顯 顔顏 駅驛 駆驅 験驗 髪髮 麦麥 麹麴 麺麵
黙默 柿柹 杉椙 桝枡 簑蓑 禰祢 弁辨辯瓣 余餘 予豫 欠缺 台臺 缶罐 虫蟲 蚕蠶 仏佛
仮假 会會 伝傳 体體 倹儉 偽僞 両兩 並竝 乗乘 乱亂 争爭 亜亞 処處 凛凜 刃刄
刈苅 剰剩 励勵 労勞 効效 勅敕 匀勻 区區 医醫 単單 収收 叙敍 号號 唖啞 団團
囲圍 図圖
"""


def _first_of_each() -> dict[int, str]:
    found: dict[int, str] = {}
    for group in _GROUPS.split():
        found |= {ord(other): group[0] for other in group[1:]}
    return found


FIRST_OF_EACH: Final = _first_of_each()


def without_variants(text: str) -> str:
    """Write each kanji as the first of its group, and without the selector of its drawn form.

    >>> without_variants("髙橋"), without_variants("山﨑"), without_variants("葛\U000e0100城")
    ('高橋', '山崎', '葛城')
    """
    plain = "".join(one for one in text if not _selects_a_form(one))
    return plain.translate(FIRST_OF_EACH)


def _selects_a_form(character: str) -> bool:
    return "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"
