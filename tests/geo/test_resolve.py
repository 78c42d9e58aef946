from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import UnknownNameError
from geo.place_names import place_names
from geo.resolve import resolve, resolve_many


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("群馬県川場村", "10444"),
        ("川場村", "10444"),
        ("群馬県利根郡川場村", "10444"),
        ("利根郡川場村", "10444"),
        ("群馬川場村", "10444"),
        ("群馬県　利根郡\n川場村", "10444"),
        (" 川 場 村 ", "10444"),
        ("福島石川郡石川町字高田1", "07501"),
        ("北海道胆振総合振興局勇払郡厚真町", "01581"),
        ("胆振支庁厚真町", "01581"),
        ("東京都大島支庁大島町", "13361"),
        ("〒080-8670 北海道帯広市西5条南7丁目1番地", "01207"),
        ("１）帯広市", "01207"),
        ("①帯広市", "01207"),
        ("「北海道帯広市」", "01207"),
        ("012076 帯広市", "01207"),
        ("大阪府大阪市", "27100"),
        ("東京都世田谷区", "13112"),
        ("世田谷区", "13112"),
        ("四日市市", "24202"),
        ("廿日市市", "34213"),
        ("野々市市", "17212"),
        ("十日町市", "15210"),
        ("日光市", "09206"),
        ("南相馬市", "07212"),
        ("君津市", "12225"),
        ("津市", "24201"),
        ("光市", "35210"),
        ("宮古島市", "47214"),
        ("東村山市", "13213"),
        ("東京都八丈島八丈町大賀郷", "13401"),
        ("東京都三宅島三宅村阿古497", "13381"),
        ("世田ヶ谷区", "13112"),
        ("鎌谷市", "12224"),
    ],
)
def test_names_and_addresses(written, code):
    result = resolve(written)
    assert (result.status, result.code, result.ward_code) == ("resolved", code, None)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("塩釜市", "04203"),
        ("塩竈市", "04203"),
        ("鹽竈市", "04203"),
        ("梼原町", "39405"),
        ("檮原町", "39405"),
        ("飛騨市", "21217"),
        ("飛驒市", "21217"),
        ("竜ヶ崎市", "08208"),
        ("龍ケ崎市", "08208"),
        ("龍が崎市", "08208"),
        ("龍ｹ崎市", "08208"),
        ("𠮷野町", "29441"),
        ("壳木村", "20412"),
        ("葛\U000e0100飾区", "13122"),
        ("帶廣市", "01207"),
        ("袖ｹ浦市", "12229"),
        ("青ヶ島村", "13402"),
        ("青ケ島村", "13402"),
        ("四條畷市", "27229"),
        ("四条畷市", "27229"),
        ("中ノ条町", "10421"),
        ("曾於市", "46217"),
        ("嶋牧村", "01391"),
        ("ﾆｾｺ町", "01395"),
        ("二セコ町", "01395"),
        (unicodedata.normalize("NFD", "群馬県みどり市"), "10212"),
        (unicodedata.normalize("NFD", "かすみがうら市"), "08230"),
    ],
)
def test_other_characters_for_the_same_name(written, code):
    assert resolve(written).code == code


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("かわばむら", "10444"),
        ("カワバムラ", "10444"),
        ("ｶﾜﾊﾞﾑﾗ", "10444"),
        ("ぐんまけんかわばむら", "10444"),
        ("群馬県かわばむら", "10444"),
        ("かわば", "10444"),
        ("かわば村", "10444"),
        ("おびひろし", "01207"),
        ("Kawaba", "10444"),
        ("Kawaba Village", "10444"),
        ("KAWABA-MURA", "10444"),
        ("Kawaba-mura, Gunma", "10444"),
        ("Tone-gun Kawaba-mura, Gunma Prefecture, Japan", "10444"),
        ("Ōtsu", "25201"),
        ("Ohtsu City", "25201"),
        ("Obihiroshi", "01207"),
        ("Setagaya-ku, Tokyo", "13112"),
        ("City of Obihiro", "01207"),
        ("Kouchi City", "39201"),
        ("グンマケントネグンカワバムラ", "10444"),
        ("ｷﾞﾖｳﾀﾞｼ", "11206"),
        ("ﾄｳｷｮｳﾄ ﾊﾁｼﾞｮｳｼﾞﾏﾊﾁｼﾞｮｳﾏﾁ", "13401"),
        ("HACHIOJI SHI, TOKYO TO", "13201"),
        ("HIGASHISHIRAKAWA GUN YAMATSURI MACH, FUKUSHIMA KEN", "07482"),
        ("Komae-shi Tokyo-to", "13219"),
        ("Misato, Saitama (city)", "11237"),
        ("Fuchū, Hiroshima (town)", "34302"),
        ("Yawata Shi, Kyoto Fu", "26210"),
    ],
)
def test_kana_and_latin_letters(written, code):
    result = resolve(written)
    assert (result.status, result.code) == ("resolved", code)
    assert result.changes


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("011002", "01100"),
        ("01100", "01100"),
        (1207, "01207"),
        (1207.0, "01207"),
        ("1207.0", "01207"),
        ("０１２０７", "01207"),
        ("12076", "01207"),
        ("131121", "13112"),
        (" 104442 ", "10444"),
    ],
)
def test_codes(written, code):
    assert resolve(written).code == code


@pytest.mark.parametrize(
    ("written", "rest"),
    [
        ("帯広市役所", "役所"),
        ("川場村長", "長"),
        ("川場村役場", "役場"),
        ("世田谷区議会", "議会"),
        ("東京都小金井市の住宅街", "の住宅街"),
        ("東京都千代田区紀尾井町1－3", "紀尾井町1－3"),
        ("北海道札幌市中央区北２条西１１丁目", "北２条西１１丁目"),
    ],
)
def test_the_rest_is_kept_as_written(written, rest):
    result = resolve(written)
    assert result.status == "resolved"
    assert result.rest == rest
    assert result.matched + result.rest == written
    assert result.span == (0, len(written) - len(rest))


@pytest.mark.parametrize(
    ("written", "code", "ward"),
    [
        ("左京区", "26100", "26103"),
        ("京都市左京区", "26100", "26103"),
        ("札幌市中央区", "01100", "01101"),
        ("横浜市保土ヶ谷区", "14100", "14106"),
        ("神奈川県横浜市 保土ケ谷区", "14100", "14106"),
        ("浜松市中央区", "22130", "22138"),
        ("浜松市浜名区", "22130", "22139"),
        ("大阪府大阪市北区", "27100", "27127"),
        ("東京都中央区", "13102", None),
        ("Chuo-ku, Sapporo", "01100", "01101"),
        ("Sapporo, Chuo-ku", "01100", "01101"),
        ("Saiwai-ku, Kawasaki", "14130", "14132"),
        ("OSAKA SHI ABENO KU, OSAKA FU", "27100", "27119"),
        ("サッポロシチュウオウク", "01100", "01101"),
        ("ｵｵｻｶﾌ ｵｵｻｶｼﾆｼﾅﾘｸ", "27100", "27122"),
        ("名古屋中区三の丸3-1-1", "23100", "23106"),
        ("01101", "01100", "01101"),
        ("札幌市", "01100", None),
    ],
)
def test_wards_come_with_their_city(written, code, ward):
    result = resolve(written)
    assert (result.status, result.code, result.ward_code) == ("resolved", code, ward)


@pytest.mark.parametrize(
    ("written", "some"),
    [
        ("中央区", {"13102", "01101", "27128"}),
        ("北区", {"13117", "26101", "27127"}),
        ("府中市", {"13206", "34208"}),
        ("伊達市", {"01233", "07213"}),
        ("池田町", {"01644", "20481"}),
        ("千葉市川市", {"12100", "12203"}),
        ("栃木市貝町", {"09203", "09344"}),
        ("宮城村田町", {"10201", "04322"}),
        ("京都", {"26100"}),
        ("福島", {"07201", "01332"}),
        ("利根郡", {"10443", "10444", "10448", "10449"}),
        ("さくら", {"09214", "12212"}),
        ("Kyoto", {"26100"}),
        ("大阪府北区", {"27127", "27146"}),
        ("012076 川場村", {"01207", "10444"}),
        ("ふくしま", {"07201", "01332"}),
        ("さが", {"41201"}),
    ],
)
def test_two_meanings_are_never_chosen_from(written, some):
    result = resolve(written)
    assert (result.status, result.code) == ("ambiguous", None)
    assert some <= set(result.candidates)
    assert all(option.reason for option in result.options)


@pytest.mark.parametrize(
    ("written", "status"),
    [
        ("", "not_a_place"),
        (None, "not_a_place"),
        ("　", "not_a_place"),
        (float("nan"), "not_a_place"),
        ("-", "not_a_place"),
        ("東京都市大学", "not_a_place"),
        ("三島信用金庫", "not_a_place"),
        ("日立システムズ", "not_a_place"),
        ("富士通", "unknown"),
        ("アメリカ合衆国", "unknown"),
        ("あいうえお", "unknown"),
        ("東京県世田谷区三軒茶屋", "unknown"),
        ("北海道川場村", "unknown"),
        ("川場村（北海道）", "unknown"),
        ("99999", "unknown"),
        ("大牟田ビンテージのまち", "unknown"),
        ("都道府県議会", "unknown"),
        ("紀尾井町1-3", "unknown"),
        ("四十万市", "unknown"),
        ("大田市場", "unknown"),
        ("小川町1-3", "unknown"),
        ("栄町２丁目", "unknown"),
        ("東京都", "prefecture"),
        ("長野県庁", "prefecture"),
        ("群馬県知事", "prefecture"),
        ("東京", "prefecture"),
        ("Tokyo", "prefecture"),
        ("100005", "prefecture"),
    ],
)
def test_what_is_no_municipality_has_no_code(written, status):
    result = resolve(written)
    assert (result.status, result.code, result.ward_code) == (status, None, None)
    assert result.explanation.endswith("。")


@pytest.mark.parametrize(
    ("written", "meant"),
    [("帯弘市", "01207"), ("四十万市", "39210"), ("北海道川場村", "10444"), ("東京県世田谷区", "13112")],
)
def test_what_was_perhaps_meant_is_only_suggested(written, meant):
    result = resolve(written)
    assert (result.status, result.code) == ("unknown", None)
    assert meant in result.candidates


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("帯広", "01207"),
        ("東村山", "13213"),
        ("北海道帯広", "01207"),
        ("北海道帯広町", "01207"),
        ("埼玉県和光町", "11229"),
        ("堺", "27140"),
    ],
)
def test_a_missing_or_wrong_ending_is_said(written, code):
    result = resolve(written)
    assert (result.status, result.code) == ("resolved", code)
    assert any("市・町・村" in change or "呼び方" in change for change in result.changes)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("太田区", "10205"),
        ("八王子区", "13201"),
        ("群馬県川場町", "10444"),
        ("川場市", "10444"),
        ("帯広町", "01207"),
        ("大王村", "24215"),
        ("東京都多摩区", "13224"),
        ("世田谷市", "13112"),
        ("Kobe town", "28100"),
        ("Kawaba City", "10444"),
    ],
)
def test_another_kind_than_today_is_only_suggested(written, meant):
    """A village became a town and a town a city, never the other way; without prefecture not even that is read."""
    result = resolve(written)
    assert (result.status, result.code) == ("unknown", None)
    assert meant in result.candidates


@pytest.mark.parametrize(
    ("written", "named"),
    [
        ("帯広市・音更町", ["01207", "01631"]),
        ("北海道帯広市、音更町、幕別町", ["01207", "01631", "01643"]),
        ("川場村と沼田市", ["10444", "10206"]),
        ("静岡県三島市・神奈川県箱根町", ["22206", "14382"]),
        ("三島市　長泉町", ["22206", "22342"]),
        ("三島市\n長泉町", ["22206", "22342"]),
        ("三島市\t長泉町", ["22206", "22342"]),
        ("静岡県三島市 静岡県長泉町", ["22206", "22342"]),
        ("三島市－長泉町", ["22206", "22342"]),
        ("三島市～長泉町", ["22206", "22342"]),
        ("三島市×長泉町", ["22206", "22342"]),
        ("三島市｜長泉町", ["22206", "22342"]),
        ("三島市；長泉町", ["22206", "22342"]),
        ("三島市､長泉町", ["22206", "22342"]),
        ("三島市‐長泉町", ["22206", "22342"]),
        ("三島市•長泉町", ["22206", "22342"]),
        ("三島市(幹事)、長泉町", ["22206", "22342"]),
        ("三島市ならびに長泉町", ["22206", "22342"]),
        ("三島市若しくは長泉町", ["22206", "22342"]),
        ("三島市・長泉町・箱根町", ["22206", "22342", "14382"]),
        ("三島市中央町1、長泉町中土狩2", ["22206", "22342"]),
        ("名古屋市中区、中村区", ["23106", "23105"]),
        ("深谷市　本庄市", ["11218", "11211"]),
        ("熊谷市、大里町", ["11202"]),
        ("山梨県大月市 田野畑村", ["19206", "03484"]),
        ("船橋市×一宮町", ["12204", "12421"]),
        ("国分寺市、秋田県大潟村", ["13214", "05368"]),
        ("秋田市　にかほ市", ["05201", "05214"]),
        ("大分県九重町やいちき串木野市", ["44461", "46219"]),
        ("日高市、日高町", ["11242", "01601", "30382"]),
        ("川場村…沼田市", ["10444", "10206"]),
        ("川場村★沼田市", ["10444", "10206"]),
        ("川場村＞沼田市", ["10444", "10206"]),
        ("川場村‖沼田市", ["10444", "10206"]),
        ("川場村<br>沼田市", ["10444", "10206"]),
        ("川場村 and 沼田市", ["10444", "10206"]),
        ("川場村（沼田市）", ["10444", "10206"]),
        ("（1）川場村（2）沼田市", ["10444", "10206"]),
        ("群馬県川場村東京都世田谷区", ["10444", "13112"]),
        ("群馬県川場村　東京都世田谷区", ["10444", "13112"]),
    ],
)
def test_several_in_one_cell_are_all_named(written, named):
    result = resolve(written)
    if len(named) == 1:
        assert result.code == named[0]
        return
    assert (result.status, result.code, list(result.candidates)) == ("several", None, named)
    assert result.others == ""


@pytest.mark.parametrize(
    ("written", "first", "others"),
    [
        ("帯広市ほか3町", "01207", "ほか3町"),
        ("鳥取市ほか4町", "31201", "ほか4町"),
        ("久留米市外二町", "40203", "外二町"),
        ("帯広市外3町", "01207", "外3町"),
        ("米子市ほか", "31202", "ほか"),
        ("三島市など", "22206", "など"),
        ("三島市等", "22206", "等"),
        ("三島市、長泉町ほか2町", "22206", "ほか2町"),
        ("横浜市及び都内", "14100", "都内"),
        ("川場村（他2村）", "10444", "(他2村)"),
        ("川場村等3村", "10444", "等3村"),
        ("川場村のほか2町", "10444", "のほか2町"),
        ("川場村を含む3市町村", "10444", "を含む3市町村"),
        ("川場村と県", "10444", "県"),
        ("北海道札幌市ほか石狩管内", "01100", "ほか石狩管内"),
        ("川場村、周辺町村", "10444", "周辺町村"),
        ("群馬県前橋市 外3市", "10201", "外3市"),
    ],
)
def test_several_of_which_some_have_no_name(written, first, others):
    result = resolve(written)
    assert (result.status, result.code, result.candidates[0], result.others) == ("several", None, first, others)
    assert others in result.explanation


@pytest.mark.parametrize(
    ("written", "own"),
    [
        ("札幌市を除く", "01100"),
        ("札幌市以外", "01100"),
        ("川崎市外", "14130"),
        ("静岡県三島市(を除く)", "22206"),
        ("札幌市内", "01100"),
        ("旭川市周辺", "01204"),
        ("北海道帯広市内", "01207"),
        ("札幌市域", "01100"),
        ("札幌市外全市町村", "01100"),
        ("川場村周辺地域", "10444"),
    ],
)
def test_what_is_outside_or_around_is_not_the_place(written, own):
    result = resolve(written)
    assert result.code is None
    assert result.candidates == (own,)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("東京都千代田区外神田1-2", "13101"),
        ("東京都大田区羽田空港", "13111"),
        ("兵庫県三田市学園", "28219"),
        ("北海道帯広市帯広駅", "01207"),
        ("高山市 丹生川町坊方1", "21203"),
        ("岐阜県高山市 丹生川町", "21203"),
        ("神奈川県横浜市 泉町", "14100"),
        ("東京都千代田区一番町", "13101"),
        ("東京都世田谷区等々力1-1", "13112"),
        ("千葉県市川市市川1丁目", "12203"),
        ("東京都中央区晴海１丁目６－１・２", "13102"),
        ("東京都台東区上野1-2、3F", "13106"),
        ("岩手県北上市（旧和賀町）", "03206"),
        ("水海道市（現：常総市）", "08211"),
        ("川場村・群馬県", "10444"),
        ("柏市若柴282-1", "12217"),
        ("東京都新宿区市谷田町", "13104"),
    ],
)
def test_an_address_is_no_list(written, code):
    assert resolve(written).code == code


@pytest.mark.parametrize(
    ("written", "own"),
    [
        ("三島市外五ヶ市町箱根山組合", "22206"),
        ("大阪市立大学", "27100"),
        ("飛騨市高山市広域連合", "21217"),
        ("高知県宿毛市愛媛県南宇和郡愛南町篠山小中学校組合", "39208"),
        ("伊予市・伊予郡養護老人ホーム組合", "38210"),
        ("広島市民病院", "34100"),
        ("世田谷区社会福祉協議会", "13112"),
        ("東京都世田谷区社会福祉協議会", "13112"),
        ("群馬県前橋市商工会議所", "10201"),
        ("帯広市農業協同組合", "01207"),
        ("横浜市大", "14100"),
        ("熊谷市社協", "11202"),
        ("三島市立南小学校", "22206"),
    ],
)
def test_an_organisation_is_named_with_the_municipality_beside_it(written, own):
    result = resolve(written)
    assert (result.status, result.code) == ("not_a_place", None)
    assert result.candidates[0] == own


@pytest.mark.parametrize(
    "written",
    [
        "東村山駅",
        "東村山税務署",
        "北村薬局",
        "牧村医院",
        "北村電機産業株式会社",
        "北村山公立病院",
        "大井町駅",
        "大井町線",
        "小川町さん",
        "東村山郡",
        "北村山郡",
        "東村山郡山辺叮",
        "中村",
        "原村さん宅",
    ],
)
def test_the_beginning_of_a_longer_word_is_no_village(written):
    assert resolve(written).code is None


def test_a_misread_city_is_folded():
    assert resolve("東村山巿").code == "13213"


@pytest.mark.parametrize(
    ("written", "prefecture", "code"),
    [
        ("三好町", "愛知県", "23236"),
        ("三好町", "徳島県", "36489"),
        ("大里村", "埼玉県", "11202"),
        ("田無市", "大阪府", None),
        ("本郷町", "福島県", "07447"),
        ("河合村", "奈良県", "29427"),
        ("12343", "千葉県", "12211"),
        ("12203", "千葉県", "12203"),
        ("15521", "新潟県", "15222"),
        ("011002", "群馬県", None),
        ("月形町1219", "北海道", "01430"),
        ("かわばむら", "北海道", None),
        ("Kawaba", "Hokkaido", None),
        ("北村山郡", "山形県", None),
    ],
)
def test_a_given_prefecture_binds(written, prefecture, code):
    assert resolve(written, prefecture=prefecture).code == code


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("三重県北牟婁郡長島町", "24543"),
        ("三重県桑名郡長島町", "24205"),
        ("兵庫県津名郡一宮町", "28226"),
        ("兵庫県宍粟郡一宮町", "28227"),
        ("群馬県佐波郡東村", "10204"),
        ("群馬県甘楽郡/北甘楽郡妙義町", "10210"),
        ("石川郡野々市町本町2", "17212"),
        ("石川郡石川町", "07501"),
        ("北海道山越郡八雲町", "01346"),
        ("愛知県西加茂郡藤岡村", "23211"),
        ("北海道国後郡泊村", None),
        ("国後郡泊村", None),
        ("長野県上水内郡栄村", None),
        ("愛知県中島郡一宮町", None),
        ("東京都南葛飾郡大島町", None),
        ("泊村", None),
        ("北海道泊村", "01403"),
    ],
)
def test_a_written_county_counts(written, code):
    assert resolve(written).code == code


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("121003", "121002"),
        ("13100", "特別区部"),
        ("10440", "利根郡"),
        ("01696", "北方領土"),
        ("15521", "佐呂間町"),
    ],
)
def test_what_is_said_of_numbers_that_are_no_single_code(written, said):
    result = resolve(written)
    assert result.code is None
    assert said in result.explanation


@pytest.mark.parametrize("written", ["合計", "前橋市計", "群馬県計", "総数", "小計", "全国計"])
def test_totals_are_no_places(written):
    assert resolve(written).status == "not_a_place"


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("🌸世田谷区", "13112"),
        ("《世田谷区》", "13112"),
        ("➡世田谷区", "13112"),
        ("〇札幌市", "01100"),
        ("（再掲）札幌市", "01100"),
        ("(旧)田無市", "13229"),
        ("旧：田無市", "13229"),
        ("元・田無市", "13229"),
        ("現西東京市", "13229"),
        ("（政令市）横浜市", "14100"),
        ("【群馬県】川場村", "10444"),
        ("(東京都)府中市", "13206"),
        ("東京都・府中市", "13206"),
        ("東京都/府中市", "13206"),
        ("東京都_府中市", "13206"),
        ("'13112", "13112"),
        ("⻑野県⻑野市", "20201"),
        ("⻄東京市", "13229"),
        ("愛知県⻑久⼿市", "23238"),
        ("大分県下毛郡本耶馬渓町", "44203"),
        ("神奈川県横浜巿西区", "14100"),
    ],
)
def test_marks_and_lookalikes(written, code):
    assert resolve(written).code == code


def test_a_ward_that_the_city_has_not_is_not_dropped():
    result = resolve("北海道札幌市比区")
    assert (result.status, result.code) == ("ambiguous", None)
    assert "01102" in result.candidates


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("東京都、世田谷区、三軒茶屋", "13112"),
        ("札幌市、中央区", "01100"),
        ("帯広市、西5条", "01207"),
        ("川場村と", "10444"),
    ],
)
def test_a_comma_before_no_other_municipality_is_nothing(written, code):
    assert resolve(written).code == code


def test_a_prefecture_narrows_and_says_so():
    result = resolve("府中市", prefecture="広島")
    assert result.code == "34208"
    assert "広島県に限定" in result.changes


def test_a_prefecture_chooses_a_former_name_before_one_of_today_elsewhere():
    result = resolve("昭和町", prefecture="秋田県")
    assert (result.status, result.code) == ("merged", "05211")
    assert "秋田県に限定" in result.changes


def test_a_written_prefecture_comes_before_the_known_one():
    assert resolve("東京都府中市", prefecture="広島県").code == "13206"


def test_a_known_prefecture_that_does_not_fit_leaves_it_unknown():
    result = resolve("川場村", prefecture="北海道")
    assert (result.status, result.candidates[0]) == ("unknown", "10444")


def test_an_unknown_prefecture_is_an_error():
    with pytest.raises(UnknownNameError):
        resolve("府中市", prefecture="関東")


def test_lost_characters_are_filled_only_where_one_name_fits():
    assert resolve("群馬県\ufffd\ufffd川市渋川").code == "10208"
    assert resolve("\ufffd川市").status == "ambiguous"


def test_results_are_frozen_and_comparable():
    result = resolve("川場村")
    with pytest.raises(AttributeError):
        result.status = "unknown"
    assert result == resolve("川場村")
    assert hash(result) == hash(resolve("川場村"))


def test_equal_rows_are_resolved_once():
    first, second = resolve_many(["帶廣市", "帶廣市"])
    assert first is second


def test_a_table_of_one_city_narrows_its_wards_and_says_so():
    rows = ["左京区", "中京区", "伏見区", "北区", "南区"]
    assert [result.status for result in resolve_many(rows)[3:]] == ["ambiguous", "ambiguous"]
    north = resolve_many(rows, one_table=True)[3]
    assert (north.code, north.ward_code) == ("26100", "26101")
    assert any("表のほかの3行" in change for change in north.changes)


@pytest.mark.parametrize(
    "rows",
    [
        ["左京区", "中京区", "北区"],
        ["左京区", "中京区", "伏見区", "帯広市", "北区"],
        ["左京区", "左京区", "左京区", "北区"],
    ],
)
def test_a_table_that_does_not_agree_narrows_nothing(rows):
    assert resolve_many(rows, one_table=True)[-1].status == "ambiguous"


def test_a_table_tells_where_its_towns_are():
    known = [f"東京都千代田区紀尾井町{number}-1" for number in range(1, 4)]
    result = resolve_many([*known, "紀尾井町9-9"], one_table=True)[3]
    assert result.code == "13101"
    assert "紀尾井町" in result.changes[0]
    assert resolve_many([*known[:2], "紀尾井町9-9"], one_table=True)[2].status == "unknown"


@pytest.mark.parametrize(
    ("others", "ward"),
    [
        (["012076", "011002"], True),
        (["1207", "1100"], False),
        (["012076", "1207"], None),
        (["10444"], False),
        ([], None),
    ],
)
def test_a_column_of_codes_tells_how_many_digits_they_have(others, ward):
    double = [
        str(int(place.own_code))
        for place in place_names().places.values()
        if resolve(place.own_code).status == "ambiguous"
    ]
    assert double
    for code in double:
        result = resolve_many([*others, code], one_table=True)[-1]
        if ward is None:
            assert result.status == "ambiguous"
        else:
            read = f"0{code}"[:5] if ward else code
            assert read in (result.code, result.ward_code)


@pytest.mark.parametrize(
    ("table", "name", "meant"),
    [
        (["函館市", "上磯町", "七飯町", "鹿部町"], "大野町", "01236"),
        (["秋田市", "横手市", "大曲市", "角館町"], "協和村", "05212"),
        (["佐賀市", "武雄市", "有田町"], "北方町", "41206"),
    ],
)
def test_a_table_that_speaks_for_a_place_of_before_leaves_its_namesake_open(table, name, meant):
    result = resolve_many([*table, name], one_table=True)[-1]
    assert (result.status, result.code) == ("ambiguous", None)
    assert meant in result.candidates


def test_a_table_of_today_keeps_its_names():
    result = resolve_many(["北斗市", "岐阜市", "揖斐川町", "大野町"], one_table=True)[-1]
    assert (result.status, result.code) == ("resolved", "21403")


def test_a_column_of_old_codes_is_read_as_one():
    codes = [result.code for result in resolve_many(["15521", "15522", "15541"], one_table=True)]
    assert codes == ["15222", "15222", "15222"]
    whole = [result.code for result in resolve_many(["01100", "01202", "12106", "12203"], one_table=True)]
    assert whole == ["01100", "01202", "12100", "12203"]


def test_same_takes_the_prefecture_of_the_row_before():
    rows = resolve_many(["新潟県十日町市", "同南魚沼市", "長野県", "同池田町"], one_table=True)
    assert [row.code for row in rows] == ["15210", "15226", None, "20481"]
    assert any("同" in change for change in rows[3].changes)


@given(st.text())
def test_no_text_raises(text):
    result = resolve(text)
    assert result.input == text
    assert result.explanation
    assert 0 <= result.end <= len(text)


@given(
    st.text(alphabet="東京都北海道府県市町村区郡郡山川島大中央津光日田旧同一二1０-ヶケがの 　\ufffd\u3099", max_size=14)
)
def test_no_text_of_names_raises(text):
    result = resolve(text, prefecture="01")
    assert (result.code is None) or result.status in ("resolved", "merged")
    assert set(result.candidates) <= set(place_names().places)


@given(st.sampled_from(sorted(place_names().places)), st.text(max_size=8))
def test_what_follows_a_full_name_never_leads_elsewhere(code, more):
    place = place_names().places[code]
    result = resolve(place.full_name + more)
    assert result.code in (place.code, None)


@given(st.sampled_from(sorted(place_names().places)), st.sampled_from("、。 　・「」()（）1１あア県郡"))
def test_what_stands_before_a_name_never_leads_elsewhere(code, mark):
    place = place_names().places[code]
    assert resolve(mark + place.full_name).code in (place.code, None)
