"""The page's words: Japanese first, English beside it. One table, so that neither is forgotten."""

from __future__ import annotations

from typing import Literal

from layers.dates import era_of, parts_of
from renkei.present.area_words import AREA_WORDS

Language = Literal["ja", "en"]
LANGUAGES: tuple[Language, ...] = ("ja", "en")

WORDS: dict[str, tuple[str, str]] = {
    "title": ("連携マップ", "Renkei map"),
    "lead": (
        "自治体どうしの連携・共創の事例を、全国1,741市区町村の地図で見る",
        "Cases and ties of collaboration between Japan's 1,741 municipalities",
    ),
    "find": ("自治体を探す", "Find a municipality"),
    "find_example": ("例：川場村、帯広市、13112", "e.g. 川場村, 帯広市, 13112"),
    "theme": ("テーマ", "Theme"),
    "prefecture": ("都道府県", "Prefecture"),
    "programme": ("事業・資料", "Programme"),
    "text": ("ことばで絞り込む", "Text"),
    "text_example": ("例：公共交通、博報堂", "Words in the Japanese texts"),
    "indicator": ("地図に塗る指標", "Indicator painted on the map"),
    "group": ("分野", "Field"),
    "date": ("年", "Year"),
    "play": ("年の順に動かす", "Play through the years"),
    "pause": ("止める", "Stop"),
    "scheme": ("区分の方法", "Classes"),
    "auto": ("おすすめ", "Recommended"),
    "natural": ("自然階級", "Natural breaks"),
    "quantile": ("同数ずつ", "Equal counts"),
    "equal": ("等間隔", "Equal intervals"),
    "manual": ("自分で決める", "Custom"),
    "breaks": ("階級の境目", "Breaks between classes"),
    "breaks_example": ("例：10、20、30", "e.g. 10, 20, 30"),
    "breaks_wrong": (
        "境目を読めません。数を小さい順に、「、」か空白で区切って8個まで入れてください（例：10、20、30）。",
        "Not readable: up to 8 rising numbers, separated by commas or spaces (e.g. 10, 20, 30).",
    ),
    "layers": ("表示するもの", "What is shown"),
    "upward": ("手前へ", "Move up"),
    "downward": ("奥へ", "Move down"),
    "ground": ("この下に背景の指標の塗り", "Below these: the background indicator"),
    "tiles": ("地理院タイル", "GSI Tiles (Japan)"),
    "no_tiles": (
        "地理院タイルに届きません（閉じたネットワークなど）。地図はこのままお使いいただけます。",
        "The GSI tiles cannot be reached (a closed network?). The map works without them.",
    ),
    "map_label": (
        "地図。矢印キーで動き、＋と－で拡大・縮小します。同じ内容は下の一覧にあります。塗り分け：",
        "Map. Arrow keys move it, + and - zoom. The tables below hold the same. Painted by: ",
    ),
    "dismiss": ("閉じる", "Close"),
    "cases": ("事例", "Cases"),
    "ties": ("連携", "Partnerships"),
    "blocs": ("圏域", "Joint areas"),
    "bloc": ("圏域", "Joint area"),
    "medical": ("二次医療圏", "Secondary medical areas"),
    **AREA_WORDS,
    "group_population": ("人口・世帯", "Population"),
    "group_economy": ("産業・経済", "Economy"),
    "group_work": ("労働", "Work"),
    "group_welfare": ("医療・福祉", "Health and welfare"),
    "group_education": ("教育・文化", "Education"),
    "group_decarbonization": ("脱炭素", "Decarbonization"),
    "group_dx": ("DX", "DX"),
    "group_procedures": ("手続のオンライン申請", "Procedures online"),
    "group_programmes": ("国の事業", "Programmes"),
    "group_finance": ("財政", "Finance"),
    "unknown_programmes": (
        "確認できたものはありません（不明。選定・表明がないという意味ではありません）。",
        "None known (unknown, not “no”).",
    ),
    "medical_source": ("国土数値情報 医療圏", "MLIT National Land Numerical Information"),
    "programme_facts": ("国の事業・表明", "Programmes and declarations"),
    "statements": ("自治体の報告から（表明・選定・目標）", "Stated in the reports"),
    "wards": ("行政区 {n}", "Wards {n}"),
    "core_city": ("連携中枢都市圏", "Core city areas"),
    "self_reliant": ("定住自立圏", "Self-reliant settlement areas"),
    "other_blocs": ("官民連携の圏域", "Public–private joint areas"),
    "more_filters": ("さらに絞り込む", "More filters"),
    "municipality": ("市区町村ごと", "Each municipality"),
    "unit_of": ("集計単位", "Painted by"),
    "published_on": ("{day} 公表", "published {day}"),
    "published_by": ("{day} までに公表", "published by {day}"),
    "group_common": ("よく使う指標", "Often used"),
    "unit_help": (
        "圏域では、人数などは合計、割合は人口で加重平均します。値のない構成自治体がある圏域は「データなし」です。",
        "In blocs counts add and shares are weighted by population; a member without data leaves the bloc without.",
    ),
    "by_unit": ("（{unit}ごと）", "(by {unit})"),
    "see_bloc": ("この圏域を地図で見る", "Show this bloc"),
    "until": ("終了", "Until"),
    "corrections": ("訂正の記録", "Corrected"),
    "stated": ("資料ごとの記載", "As each source says"),
    "how_to_add": (
        "載っていない連携・圏域をご存じですか。根拠のページを添えて「情報を寄せる（様式）」からお寄せください。",
        "Know of one that is missing? Send it with a page that shows it (form: “Contribute”).",
    ),
    "completeness": ("収録状況", "Coverage"),
    "completeness_lead": (
        "ここに載っていないことは「連携がない」ことを意味しません。種類ごとに、知られている総数と収録数を示します。",
        "What is not here may still exist: how many are known to exist, and how many are held.",
    ),
    "held": ("収録", "Held"),
    "known": ("知られている総数", "Known to exist"),
    "unknown_total": ("総数不明", "total unknown"),
    "missing": ("足りないもの", "Missing"),
    "age": ("経過年数", "Years"),
    "distance": ("距離（km）", "Distance (km)"),
    "count": ("市区町村数", "Members"),
    "note": ("備考", "Note"),
    "no_ties": ("条件に合う連携はありません。絞り込みを減らしてみてください。", "No tie matches; loosen the filters."),
    "matrix_lead": (
        "連携 {n} 件を都道府県どうしで数えたもの（同じ都道府県の中は対角線）。左の表に重ねると種類が出ます。",
        "The {n} ties shown, counted between prefectures (inside one: on the diagonal).",
    ),
    "multiples": ("年ごとの地図", "Maps by year"),
    "multiples_note": (
        "どの年も同じ区切り（全年の自然階級）。北緯30度より南の島は省いています（上の地図と印刷にはあります）。",
        "The same breaks in all years; islands south of 30° N are left out here.",
    ),
    "one_date": (
        "この指標は1時点だけです。人口や太陽光発電など、年を選べる指標で表示されます。",
        "This indicator has one date; choose one with several, such as population or solar capacity.",
    ),
    "matrix": ("都道府県間の連携", "Partnerships between prefectures"),
    "kinds": ("分類", "Kind"),
    "tiers": ("根拠の種類", "Evidence"),
    "tier_document": ("資料（行番号つき）", "Document, by line"),
    "tier_official": ("公式ページ", "Official page"),
    "tier_secondary": ("報道・関係団体のページ", "Press, associations"),
    "tier_copy": ("写し", "Copy"),
    "tier_own": ("自分のデータ（未確認）", "Own data, not verified"),
    "line_0": ("資料・公式", "document, official"),
    "line_1": ("報道など", "other pages"),
    "line_2": ("推定", "inferred"),
    "line_3": ("自分のデータ（未確認）", "own data, not verified"),
    "gathered": ("都道府県どうしにまとめて表示（拡大すると1本ずつ）", "gathered by prefecture; zoom in for each"),
    "municipalities": ("自治体", "Municipalities"),
    "marks": ("事例（主なテーマ）・連携・圏域", "Cases by main theme, ties, blocs"),
    "of": ("{n}（全{total}）", "{n} of {total}"),
    "all": ("すべて", "All"),
    "clear": ("すべて解除", "Clear all"),
    "nothing": (
        "条件に合う事例・連携・圏域はありません。{what}を外すと見つかることがあります。",
        "Nothing matches. Loosening {what} may help.",
    ),
    "nothing_chosen": (
        "地図で自分のまちを押すか、上の欄で名前を探してください。",
        "Press your town on the map, or find it by name above.",
    ),
    "close": ("選択を解除", "Clear selection"),
    "save": ("保存・出力", "Download"),
    "download": ("{layer}", "{layer}"),
    "print_pdf": ("地図を A4 の PDF で保存", "The map as A4 PDF"),
    "print_png": ("地図を A4 の PNG で保存", "The map as A4 PNG"),
    "prepare": ("画面と同じ絞り込みで出力します", "The download holds exactly what the filters leave"),
    "table": ("一覧表", "Table"),
    "sources": ("出典", "Sources"),
    "source": ("出典", "Source"),
    "evidence": ("根拠", "Evidence"),
    "documents": ("資料", "Documents"),
    "tables": ("データの表", "Tables"),
    "publisher": ("発行者", "Publisher"),
    "published": ("公表", "Published"),
    "lines": ("行数", "Lines"),
    "rows": ("行数", "Rows"),
    "file": ("ファイル", "File"),
    "address": ("公開元", "Address"),
    "checksum": ("照合", "Checksum"),
    "sound": ("一致", "as built"),
    "damaged": ("不一致（入れ直してください）", "differs: install again"),
    "question": ("設問", "Question"),
    "item": ("項目", "Item"),
    "answer": ("回答", "Answer"),
    "as_of": ("基準日", "as of"),
    "second": ("組み合わせる指標", "Combine with"),
    "no_second": ("（組み合わせない）", "(none)"),
    "compare": ("組み合わせ方", "How to combine"),
    "swipe": ("左右に並べる", "Side by side"),
    "bivariate": ("掛け合わせ（9区分）", "Nine classes"),
    "hide_class": ("押すとこの階級を隠す・戻す", "Hide or show this class"),
    "swipe_label": ("左右の境目を動かす", "Move the divide"),
    "unknown_value": ("不明（確認できていない）", "Unknown"),
    "series_index": ("{start}を100とする指数", "Index, {start} = 100"),
    "series_value": ("推移（{unit}）", "Over time ({unit})"),
    "series_prefecture": ("{prefecture}の合計", "{prefecture}, total"),
    "series_country": ("全国の合計", "Japan, total"),
    "no_data": ("データなし", "No data"),
    "inferred": ("推定", "inferred"),
    "explicit": ("明示", "explicit"),
    "implied": (
        "構成自治体は圏域名からの推定（資料に列挙なし）",
        "members implied by the area's name, not listed in the source",
    ),
    "listed": ("構成自治体は資料に列挙", "members listed in the source"),
    "members": ("構成自治体", "Members"),
    "representative": ("代表", "Representative"),
    "partner": ("相手", "Partner"),
    "kind": ("内容", "Content"),
    "since": ("時期", "Since"),
    "place": ("自治体", "Municipality"),
    "name": ("名称", "Name"),
    "organisation": ("派遣元・団体", "Organisation"),
    "role": ("役職", "Role"),
    "year": ("年度", "Fiscal year"),
    "figures": ("資料中の数値", "Figures in the source"),
    "value": ("値", "Value"),
    "unit": ("単位", "Unit"),
    "indicators": ("指標", "Indicators"),
    "definition": ("定義", "Definition"),
    "gaps": ("欠けているもの", "Known gaps"),
    "coverage": ("{n} / 1,741 市区町村", "{n} of 1,741 municipalities"),
    "licence": ("利用条件", "Licence"),
    "ambiguous": ("「{text}」は複数あります。どれですか。", "“{text}” is the name of several. Which one?"),
    "unknown": (
        "「{text}」に当たる自治体が見つかりません。都道府県名や「市」「町」「村」を付けてみてください。",
        "No municipality found for “{text}”. Try adding the prefecture or 市/町/村.",
    ),
    "merged": ("「{text}」は{explanation}", "“{text}”: {explanation}"),
    "did_you_mean": ("もしかして：", "Did you mean:"),
    "bad_link": ("リンクの一部を無視しました：{what}", "Part of the link was ignored: {what}"),
    "unnamed": (
        "相手方の名が資料にない連携",
        "Ties whose partner the source does not name",
    ),
    "agreements": ("企業・大学等との協定", "Agreements with companies and universities"),
    "survey": ("アンケート結果（特定の自治体に結びつかない数値）", "Survey results (not tied to a place)"),
    "language": ("English", "日本語"),
    "offline": (
        "この画面は外部と通信しません（閉域網で使えます）。",
        "This page makes no request beyond its own server.",
    ),
    "preliminary": ("速報", "preliminary"),
    "projection": ("推計", "projection"),
    "incomplete": ("一部のみ", "incomplete"),
    "apart": ("飛び地のある圏域", "Joint areas in separate parts"),
    "plain_map": (
        (
            "地図の部品（streamlit-folium）の版が想定と違うため、簡易表示にしています。地図上での選択は使えません。"
            "「自治体を探す」か下の一覧から選んでください。"
        ),
        (
            "streamlit-folium is of another version: the map is drawn plainly and does not answer to clicks. "
            "Choose by name or in the table."
        ),
    ),
    "none_here": ("該当するものはありません。", "None."),
    "no_rows": (
        "いまの条件では、この表に行がありません。条件を減らしてから、もう一度お試しください。",
        "This table has no rows under these conditions. Take some away and try again.",
    ),
    "municipality_chosen": ("選んだ自治体", "Municipality"),
    "made_on": ("{day} 作成", "made on {day}"),
    "offline_file": (
        "このファイルだけで開けます（通信しません）。地図は動かして拡大でき、指すと値が出ます。",
        "This file opens by itself and makes no request. The map moves and zooms, and tells values under the pointer.",
    ),
    "all_gpkg": ("すべて（GeoPackage、QGISで画面と同じ色）", "Everything (GeoPackage, styled for QGIS)"),
    "all_xlsx": ("すべて（Excel）", "Everything (Excel)"),
    "all_zip": ("一式（ZIP：QGIS・Excel・GeoJSON・CSV）", "Bundle (ZIP: QGIS, Excel, GeoJSON, CSV)"),
    "save_html": ("動く地図を1つのファイルで（HTML、通信なしで開く）", "An interactive file (HTML, opens offline)"),
    "credits": ("出典の表示", "Credits"),
    "none": ("なし", "none"),
    "nothing_known": (
        "{what}は、この地図には未収録です（取組がないという意味ではありません）。",
        "{what}: not recorded on this map, which does not mean that there are none.",
    ),
    "compare_prefecture": ("{prefecture}の市区町村の中央値", "Median of {prefecture}"),
    "compare_country": ("全国の市区町村の中央値", "National median"),
    "what_theme": ("テーマ", "the theme"),
    "what_prefecture": ("都道府県", "the prefecture"),
    "what_programme": ("事業・資料", "the programme"),
    "what_kind": ("連携の種類", "the kind of tie"),
    "what_tier": ("根拠の種類", "the evidence"),
    "what_year": ("年", "the year"),
    "years": ("年（年度・始まった年）", "Year (fiscal year, or since)"),
    "said_filters": ("絞り込み：", "Filters: "),
    "said_indicator": ("背景：", "Background: "),
    "said_shown_layers": ("表示：", "Layers: "),
    "said_change": ("{start}からの変化", "change since {start}"),
    "said_chosen": ("選択：", "Chosen: "),
    "what_text": ("ことば", "the words"),
    "networks": ("ネットワーク", "Networks"),
    "network": ("ネットワーク", "Network"),
    "find_anything": ("市町村・県・圏域・ことばで探す", "Find a town, prefecture or words"),
    "search_words": ("「{text}」を事例・連携から探す", "Search cases and partnerships for “{text}”"),
    "search_words_note": ("ことば", "words"),
    "filter": ("絞り込み", "Filters"),
    "details": ("詳細", "More"),
    "share": ("共有・出力", "Share"),
    "copy_link": ("リンクをコピー（同じ画面が開きます）", "Copy the link to this view"),
    "link_copied": (
        "リンクをコピーしました。貼り付けると同じ画面が開きます。",
        "Link copied: it opens this very view.",
    ),
    "as_screen": ("画面の範囲のまま", "The view as it is"),
    "to_keep": ("手元に残す", "To keep"),
    "for_gis": ("データで使う（GIS・Excel）", "As data (GIS, Excel)"),
    "slide_png": ("スライド用の図（16:9 PNG）", "Slide (16:9, PNG)"),
    "sheet_pdf": ("A4 横（PDF）", "A4 landscape (PDF)"),
    "portrait_pdf": ("A4 縦（PDF）", "A4 portrait (PDF)"),
    "sheet_png": ("A4 横（PNG）", "A4 landscape (PNG)"),
    "making": ("作成中… {seconds}秒", "Making… {seconds} s"),
    "queueing": ("順番待ち：前に{ahead}件… {seconds}秒", "In line: {ahead} before yours… {seconds} s"),
    "not_made": (
        "ファイルを作れませんでした。少し待ってからもう一度お試しください。",
        "The file could not be made. Please try again in a moment.",
    ),
    "legend": ("凡例", "Legend"),
    "fold_legend": ("凡例をたたむ・開く", "Fold or open the legend"),
    "painting": ("区分・組み合わせ・年の差", "Classes, combination, change"),
    "signs": ("記号・線の意味", "Signs and lines"),
    "tables_below": ("一覧", "Tables"),
    "fold_table": ("閉じる ×", "Close ×"),
    "panel_table": ("事例", "Cases"),
    "panel_ties": ("連携", "Partnerships"),
    "panel_networks": ("ネットワーク", "Networks"),
    "panel_blocs": ("圏域", "Joint areas"),
    "panel_indicators": ("自治体×指標", "Municipality × indicator"),
    "panel_analysis": ("分析", "Analysis"),
    "panel_sources": ("収録状況・出典", "Coverage, sources"),
    "phone_map": ("地図", "Map"),
    "phone_list": ("一覧", "Tables"),
    "phone_output": ("出力", "Share"),
    "sheet_up": ("広げる", "Open further"),
    "sheet_down": ("たたむ", "Fold"),
    "find_indicator": ("指標を探す（例：高齢化、財政）", "Find an indicator (e.g. ageing)"),
    "no_indicator": ("「{text}」に当たる指標はありません。", "No indicator for “{text}”."),
    "zoom_home": ("全国を表示", "All Japan"),
    "zoom_in": ("拡大", "Zoom in"),
    "zoom_out": ("縮小", "Zoom out"),
    "loading": ("読み込んでいます…", "Loading…"),
    "nansei": ("南西諸島", "Nansei Islands"),
    "ogasawara": ("小笠原", "Ogasawara"),
    "chip_text": ("「{text}」", "“{text}”"),
    "take_off": ("{what}の絞り込みを外す", "Remove the filter {what}"),
    "each_municipality": ("市区町村ごと", "Each municipality"),
    "difference_from": ("年の差を塗る（くらべる年）", "Change since"),
    "no_difference": ("（差をとらない）", "(none)"),
    "change_since": ("{title}の{start}から{end}への変化", "{title}: change from {start} to {end}"),
    "points": ("ポイント", "points"),
    "pairs_and_ties": ("{pairs}組・{ties}件", "{pairs} pairs, {ties}"),
    "cases_here": ("事例 {n}件", "{n} cases"),
    "calm": (
        "連携の線と圏域の枠は、拡大するか自治体を選ぶと表示されます。",
        "Partnership lines and area outlines appear when you zoom in or choose a place.",
    ),
    "no_answer": (
        "サーバーから返事がありません。表示を元に戻しました。",
        "The server does not answer; the view was set back.",
    ),
    "connection_lost": (
        "サーバーとの接続が切れました。地図は見られます。つながりしだい、いまの状態のまま読み込み直します。",
        "The connection to the server is lost. The map still works; the page reloads as it is once the server is back.",
    ),
    "layer_cases": ("事例", "Cases"),
    "layer_ties": ("連携", "Partnerships"),
    "layer_networks": ("ネットワーク", "Networks"),
    "layer_blocs": ("官民連携の圏域", "Public–private joint areas"),
    "layer_core_city": ("連携中枢都市圏", "Core city areas"),
    "layer_self_reliant": ("定住自立圏", "Self-reliant settlement areas"),
    "layer_medical": ("二次医療圏", "Secondary medical areas"),
    "layer_tiles": ("地理院タイル", "GSI Tiles (Japan)"),
    "data_age": (
        "事例は令和4年度ほか、人口は{population}時点",
        "Cases: mostly fiscal 2022; population as of {population}",
    ),
    "error_title": ("この画面を表示できませんでした", "This view could not be shown"),
    "error_text": (
        "申し訳ありません。表示の途中で問題が起きました。下のリンクで最初の画面に戻れます。同じリンクで繰り返すときは、アドレスを添えてお知らせください。",
        (
            "Sorry, something went wrong while drawing this view. The link below takes you back to the start. "
            "If the same address fails again, please report it."
        ),
    ),
    "error_back": ("最初の画面に戻る", "Back to the start"),
    "see_network": ("このネットワークを地図で見る", "Show this network"),
    "overview": ("全国の連携を見る", "Partnerships across Japan"),
    "pairs": ("連携（組）", "Pairs"),
    "by_theme": ("事例のテーマ", "Cases by theme"),
    "cases_in_view": ("事例", "Cases"),
    "skip_to_card": ("地図の操作を飛ばして、まちの説明へ", "Skip the map's controls: to the card"),
    "overview_filtered": ("条件に合う連携", "What matches"),
    "compare_towns": ("比べる自治体", "Municipalities to compare"),
    "compare_towns_none": ("表示中の自治体すべて（名前で選べます）", "All in view (choose by name)"),
    "compare_with": ("ほかのまちと比べる", "Compare with other towns"),
    "usual_indicators": ("主な指標", "Main indicators"),
    "timeline": ("あゆみと予定", "Timeline"),
    "timeline_planned": ("予定・目標", "planned"),
    "working": ("サーバーが計算しています… {seconds}秒", "The server is working… {seconds} s"),
    "more_in_table": ("ほか {n} 件は下の一覧に", "{n} more in the table below"),
    "code": ("団体コード", "Code"),
    "card_tabs": ("このまちについて", "About this place"),
    "tab_about": ("概要", "About"),
    "tab_cases": ("事例", "Cases"),
    "tab_ties": ("連携", "Partnerships"),
    "tab_networks": ("ネットワーク", "Networks"),
    "tab_blocs": ("圏域", "Areas"),
    "tab_figures": ("指標", "Figures"),
    "tab_partners": ("候補・似たまち", "Who next"),
    "panel_themes": ("テーマ・比較", "Themes"),
    "panel_own": ("自分のデータ", "Own data"),
    "finder_partners": ("連携候補", "Candidates"),
    "finder_peers": ("似たまち", "Similar towns"),
    "finder_distance": ("距離", "Distance"),
    "finder_any": ("問わない", "Any"),
    "finder_near": ("近く", "Near"),
    "finder_far": ("遠く", "Far"),
    "finder_problem": ("困っていること（任意）", "Your problem (optional)"),
    "finder_example": ("例：通院の足がない", "e.g. no way to reach a hospital"),
    "finder_lead": (
        "点数は下に示す要素の合計です。このまちとこのテーマに限った候補で、順位表としては使えません。",
        "The score is the sum of the parts shown; for this place and theme alone, never a league table.",
    ),
    "finder_known": ("すでに連携", "already a partner"),
    "finder_already": ("すでに連携している自治体", "Already partners"),
    "finder_why": ("根拠", "Why"),
    "finder_missing": ("わからなかったこと", "Not known"),
    "finder_measures": ("比べる分野", "Measures"),
    "peers_lead": (
        "似ている順です（優劣ではありません）。下は隔たりの大きい指標。",
        "Most alike first, not best; below each, what differs most.",
    ),
    "peers_apart": ("違うところ", "Differs in"),
    "theme_lead": ("事例 {n} 件、自治体 {towns}", "{n} cases, {towns} municipalities"),
    "theme_hard": ("難しかったこと", "What was hard"),
    "theme_worked": ("うまくいったこと", "What worked"),
    "theme_means": ("手段", "Means"),
    "theme_compare": ("並べて比べる（2～5件）", "Compare side by side (2 to 5)"),
    "theme_choose": ("事例を選ぶ", "Choose cases"),
    "needs_offers": ("求めること・出せること", "Sought and offered"),
    "needs_side": ("区分", "Side"),
    "needs_need": ("求める", "sought"),
    "needs_offer": ("出せる", "offered"),
    "needs_text": ("内容", "What"),
    "own_lead": (
        "手元の表や図形を、公式のデータに重ねて見られます。ファイルはこの画面と手元にだけ残り、ほかの人には見えません。",
        "See your own tables and shapes beside the official data. They stay in this session and on your disk.",
    ),
    "own_file": (
        "ファイルを選ぶか、ここに落とす（1つ {each} MB、合わせて {all} MB まで）",
        "Choose files, or drop them here ({each} MB each, {all} MB in all)",
    ),
    "own_nothing": (
        (
            "読めるもの：自治体ごとの数値、事例（課題・取組・成果）、連携（自治体と相手）、ネットワーク・圏域（構成自治体）、"
            "地点（緯度・経度）。CSV、Excel、GeoJSON、GeoPackage、作業ファイル（.renkei.json）。"
            "団体コードか自治体名の列があれば、見出しの上に題名や注があっても読めます。"
        ),
        (
            "What can be read: figures by municipality, cases, ties (a municipality and its partner), networks and "
            "joint areas (members), points (longitude, latitude). CSV, Excel, GeoJSON, GeoPackage, project files. "
            "A column of codes or names is enough; titles and notes above the header are no matter."
        ),
    ),
    "own_read_on": ("読み込み日", "read on"),
    "own_mark": ("自分のデータ・未確認", "own, not verified"),
    "own_kind": ("何の表か", "What it holds"),
    "own_remove": ("外す", "Take out"),
    "own_put_back": ("「{name}」を元に戻す", "Put back “{name}”"),
    "own_show_facts": ("{n}件を地図に出す", "Show {n} on the map"),
    "own_show_only": ("これだけを出す", "Show these alone"),
    "own_no_facts": (
        "地図に出せる行がありません。下の理由を見て、列の役割や自治体を選んでください。",
        "No row can be shown: see the reasons below, and choose columns or municipalities.",
    ),
    "own_unread_cells": (
        "読めないセル {n} 個（行は出しています）：{cells}",
        "{n} cells not read (their rows are shown): {cells}",
    ),
    "own_rows": ("{n} 行", "{n} rows"),
    "own_no_figures": (
        "数値の列が見つかりません。「列の役割」で選んでください。",
        "No column of figures found: choose one under “What the columns are”.",
    ),
    "own_paint": ("を地図に塗る", "on the map"),
    "own_unread": ("数として読めないセル {n} 個：{cells}", "{n} cells are no numbers: {cells}"),
    "own_columns": ("列の役割", "What the columns are"),
    "own_open": ("地図に出ない行 {n}", "{n} rows are not on the map"),
    "own_choose": ("（選んでください）", "(choose)"),
    "own_row": ("行", "Row"),
    "own_written": ("入力", "As written"),
    "own_outcome": ("判定", "Outcome"),
    "own_reason": ("理由", "Reason"),
    "own_fix_list": ("直すべき行の一覧（CSV）", "Rows to fix (CSV)"),
    "own_save": ("作業ファイルを保存", "Save the project"),
    "population": ("人口", "Population"),
    "change_to_2050": ("2050年まで", "To 2050"),
    "share_65": ("65歳以上", "65 and over"),
    "partners": ("つながっている自治体", "Partners"),
    "references": ("参考（行事への参加など）", "For reference (events attended)"),
    "own_cases": ("{prefecture}の事例", "Cases of {prefecture}"),
    "cases_of_towns": ("市町村の事例", "Cases of its municipalities"),
    "towns_of": ("{prefecture}の市区町村", "Municipalities of {prefecture}"),
    "none_in_table": (
        "条件に合うものはありません。絞り込みを減らしてみてください。",
        "Nothing matches; loosen the filters.",
    ),
    "in_numbers": ("都道府県間の連携を図で見る", "Between prefectures, as a picture"),
    "indicators_lead": (
        "選んだ都道府県（なければ、いま表示中の事例などに関わる自治体）と主な指標です。地図に塗っている指標が先頭です。",
        (
            "Municipalities of the chosen prefectures (else those that take part in what is shown) by main indicators; "
            "the painted one first."
        ),
    ),
    "analysis_lead": ("地図に塗っている指標を年ごとに並べます。", "The painted indicator, year by year."),
    "contribute": ("情報を寄せる（様式）", "Contribute (form)"),
    "listed_how": ("構成の根拠", "How members are known"),
    "complete": ("収録の範囲", "Completeness"),
    "hit_case": ("事例", "case"),
    "hit_place": ("自治体", "municipality"),
    "hit_tie": ("連携", "partnership"),
    "hit_network": ("ネットワーク", "network"),
    "hit_bloc": ("圏域", "joint area"),
    "hit_organisation": ("企業・大学・団体", "organisation"),
    "hit_indicator": ("指標", "indicator"),
    "case_details": ("課題・取組・成果・今後", "Challenge, measure, result, outlook"),
    "case_partners": ("一緒に取り組む相手", "Partners"),
    "similar_cases": ("同じ課題に取り組むまち", "The same challenge elsewhere"),
    "more_ties": ("この二者の連携", "Ties of this pair"),
}


def word(key: str, language: Language, **parts: object) -> str:
    """Return a word or sentence of the page.

    Examples
    --------
    >>> word("cases", "ja"), word("cases", "en")
    ('事例', 'Cases')
    >>> word("of", "ja", n=3, total=111)
    '3（全111）'
    """
    text = WORDS[key][LANGUAGES.index(language)]
    return text.format(**parts) if parts else text


def dated(date: str, flag: str, language: Language) -> str:
    """Write a date with what its values are, when they are not final.

    Examples
    --------
    >>> dated("2025-10-01", "preliminary", "ja"), dated("2050", "projection", "en")
    ('令和7年（2025）10月1日 速報', '2050 projection')
    """
    when = date if language == "en" else japanese_date(date)
    return f"{when} {word(flag, language)}" if flag in WORDS else when


def japanese_date(iso: str) -> str:
    """Write an ISO date, month, year or fiscal year as the page shows it, with the 元号 of that day.

    What is no date of the calendar is shown as it is written; nothing raises.

    Examples
    --------
    >>> japanese_date("2020-10-01"), japanese_date("2018"), japanese_date("FY2022"), japanese_date("1981")
    ('令和2年（2020）10月1日', '平成30年（2018）', '令和4年度（2022）', '昭和56年（1981）')
    >>> japanese_date("2019-04"), japanese_date("2019-05"), japanese_date("")
    ('平成31年（2019）4月', '令和元年（2019）5月', '')
    """
    fiscal = iso.startswith("FY")
    numbers = parts_of(iso.removeprefix("FY"))
    if not numbers:
        return iso
    year, rest = numbers[0], numbers[1:]
    # A year or fiscal year alone is told by the era at its end; 2019 alone is 令和元年 by convention.
    known = era_of(year, *(rest + (4, 1)[len(rest) :])[:2]) if rest else era_of(year, *((5, 1) if fiscal else (12, 31)))
    if known:
        era, number = known
        text = f"{era}{'元' if number == 1 else number}年{'度' if fiscal else ''}（{year}）"
    else:
        text = f"{year}年{'度' if fiscal else ''}"
    for value, suffix in zip(rest, ("月", "日"), strict=False):
        text += f"{value}{suffix}"
    return text
