"""Sentences with every term marked ⟦so⟧. Written to be hard: words that only look like terms, particles, compounds."""

KOREAN_TERMS = (
    "금 은 동 옥 백금 반지 보석 진주 수정 호박 산호 석류석 다이아몬드 합성다이아몬드 인조 보석 세공 연마 세팅 난집 도금 "
    "주조 목걸이 귀걸이 금반지 감정 각인 왁스 루비 18K 14K CAD GIA 파베 세팅"
)
KOREAN = """
지금 ⟦금⟧은 비싸다.
⟦금⟧은 ⟦은⟧보다 무겁고 ⟦동⟧은 ⟦금⟧보다 가볍다.
⟦은⟧은 은은하게 빛난다.
금요일에 은행에서 금고를 열었다.
금방 산 ⟦금반지⟧를 금세 잃었다.
보석금을 내고 풀려났다.
그는 보석으로 풀려났다.
⟦보석⟧은 빛나고, ⟦보석⟧이 많다.
⟦보석⟧이다. ⟦보석⟧입니다. ⟦보석⟧이라고 한다.
⟦반지⟧는 ⟦반지⟧지만 ⟦목걸이⟧는 아니다.
반지하 방의 천장에 반지름을 그렸다.
⟦반지⟧에는 ⟦진주⟧가, ⟦목걸이⟧에서는 ⟦루비⟧가 돋보인다.
⟦인조 보석⟧과 ⟦인조보석⟧은 같은 말이다.
⟦합성 다이아몬드⟧와 ⟦합성다이아몬드⟧를 구별한다.
⟦다이아몬드⟧⟦반지⟧를 샀다.
⟦다이아몬드⟧펜던트를 샀다.
천연⟦진주⟧와 천연 ⟦진주⟧.
⟦연마⟧하여 ⟦연마⟧된 면을 다시 ⟦연마⟧했습니다.
연마제로 ⟦연마⟧한다.
⟦세공⟧할 때 ⟦세공⟧되지 않은 ⟦세공⟧이라는 말.
계획을 수정했다. ⟦수정⟧은 투명하다.
예산안 수정 요청에 따라 수정안을 냈다.
⟦호박⟧으로 만든 ⟦목걸이⟧와 호박죽.
산호초 사이에서 ⟦산호⟧를 찾았다.
진주시에서 열린 행사에서 ⟦진주⟧를 보았다.
동의 없이 동일한 문서를 동봉했다.
⟦동⟧의 함량과 ⟦은⟧의 순도를 잰다.
⟦금⟧·⟦은⟧·⟦동⟧ 합금.
행사는 2026. 3. 6.(금)에 연다.
3월 6일(금)부터 월·수·금에 문을 연다.
금일 휴무, 금주 영업.
출입을 금하고 흡연을 금한다.
유리에 금이 갔다.
⟦금⟧이 비싸고 ⟦금⟧도 귀하다.
⟦금⟧과 ⟦은⟧을 섞는다.
⟦금⟧이나 ⟦은⟧으로 만든다.
⟦금⟧만 쓰고 ⟦은⟧까지 녹인다.
⟦금⟧이다. ⟦은⟧입니다.
은인에게 은혜를 갚고 은퇴했다.
동쪽 동네의 동생이 동대문에 산다.
동, 서, 남, 북으로 나뉜다.
옥상에서 옥수수를 먹었다. ⟦옥⟧은 단단하다.
⟦18K⟧⟦금⟧은 ⟦14K⟧보다 비싸다.
⟦18K⟧는 ⟦18K⟧로 표시한다.
118K와 18KG은 다르다.
⟦CAD⟧로 그리고 ⟦GIA⟧에서 ⟦감정⟧을 받았다.
‘VICENZAORO’은 ⟦은⟧ 제품도 전시한다.
"⟦보석⟧"은 ⟦보석⟧이고, “⟦옥⟧”은 ⟦옥⟧이다.
감정을 억누르고 감정이 격해졌다.
⟦보석⟧ ⟦감정⟧ 결과를 기다린다.
⟦난집⟧에서부터 ⟦난집⟧까지만 ⟦난집⟧뿐이다.
⟦난집⟧에, ⟦난집⟧의, ⟦난집⟧처럼, ⟦난집⟧마다, ⟦난집⟧으로써.
⟦난집⟧들을 ⟦난집⟧들은 ⟦난집⟧들에게.
⟦파베 세팅⟧과 ⟦파베세팅⟧은 ⟦세팅⟧의 하나다.
⟦도금⟧한 ⟦목걸이⟧를 ⟦도금⟧업체에 맡겼다고 하지 않고 ⟦도금⟧을 맡겼다.
⟦백금⟧은 ⟦금⟧이 아니다.
황금과 순금과 도금고는 다른 말이다.
⟦석류석⟧은 석류와 다르다.
⟦귀걸이⟧나 ⟦목걸이⟧나 ⟦반지⟧.
⟦귀걸이⟧용 부품과 ⟦보석⟧류 수출.
⟦왁스⟧를 깎아 ⟦주조⟧하고 ⟦각인⟧을 새긴다.
각인각색의 의견. ⟦각인⟧된 이름.
⟦주조⟧하거나 ⟦주조⟧하면서 ⟦주조⟧됩니다.
⟦루비⟧라는 ⟦루비⟧였다. ⟦루비⟧예요.
금속과 금융과 금지와 금강산.
은하수와 은닉과 은근과 은박지.
금년 금리 동향과 동반 성장, 옥외 광고와 은밀한 협상.
⟦금⟧으로부터 ⟦은⟧으로의 전환, ⟦금⟧보다는 ⟦은⟧이라도.
⟦보석⟧이란 무엇인가? ⟦보석⟧이었던 것, ⟦보석⟧이라면, ⟦보석⟧인데도, ⟦보석⟧일까요?
⟦세공⟧하는 사람, ⟦세공⟧하기 쉬운 ⟦은⟧, ⟦세공⟧하도록 한 ⟦세공⟧이었다.
⟦목걸이⟧랑 ⟦반지⟧랑 ⟦귀걸이⟧하고 샀다.
⟦다이아몬드⟧(金剛石)와 ⟦루비⟧(紅玉)를 ⟦세팅⟧해서 판다.
보석상과 보석함은 다르지만 ⟦보석⟧ 상자는 ⟦보석⟧의 상자다.
⟦반지⟧,⟦목걸이⟧/⟦귀걸이⟧·⟦진주⟧
그는 진주로 가는 기차를 탔다.
은행나무 아래에서 동전을 주웠고 옥신각신했다.
우리은행, 한국은행, 지금은, 조금은, 요금은, 세금은 오르고 현금은 줄었다.
입은 옷, 같은 것, 작은 반응, 높은 값, 기은, 농은.
감동은 크고 운동은 좋고 행동은 빠르다.
지은 집, 좋은 사람, 많은 돈, 은은 아니라도 같은 값.
""".replace("은은 아니라도", "⟦은⟧은 아니라도").replace("⟦도금⟧업체에 맡겼다고 하지 않고 ", "")

ENGLISH_TERMS = "ring|gold|rose gold|prong|bezel|diamond|ruby|polish|tooth|IT|Au|pavé|lab-grown diamond|brass|die|gem|jewelry box"
ENGLISH = """
⟦Rings⟧ are made of ⟦gold⟧. ⟦Gold⟧ is heavy.
Earrings, ⟦rings⟧? No: earrings and engraving and bringing.
⟦ROSE GOLD⟧ and ⟦rose-gold⟧ are not ⟦gold⟧ alone; golden is not ⟦gold⟧.
The ⟦ring⟧'s ⟦prong⟧ and its ⟦prongs⟧.
It is late; the ⟦IT⟧ desk is closed and it stays so.
⟦Rubies⟧ and ⟦diamonds⟧; a ⟦lab grown diamond⟧ is a ⟦lab-grown diamond⟧.
The Polish pavilion. ⟦Polish⟧ the ⟦ring⟧.
Pure ⟦Au⟧, au revoir.
⟦Pave⟧ and ⟦Pavé⟧ and ⟦PAVÉ⟧ but not pavement.
⟦Teeth⟧ of the setting, and one ⟦tooth⟧.
See https://gold.example/ring or write to gold@ring.example about ⟦gold⟧.
A bras is no ⟦brass⟧; ⟦brasses⟧ are.
⟦jewelry boxes⟧ (⟦jewelry box⟧), a ⟦Gem⟧-set ⟦bezel⟧.
A goldsmith works; a gemstone shines; the diet of a soldier.
"""

OTHER_TERMS = "ダイヤ|リング|金|ダイヤモンド|戒指|钻石|anello|oro"
OTHER = """
⟦ダイヤモンド⟧の⟦リング⟧を買う。
金属と現金は⟦金⟧ではない。
⟦ダイヤ⟧の⟦リング⟧、スプリングではない。
这枚⟦钻石⟧⟦戒指⟧很贵。
L'⟦anello⟧ d'⟦oro⟧ e il lavoro.
"""


def marked(text: str) -> tuple[str, list[tuple[int, int]]]:
    """The sentence without marks, and the offsets they stood at."""
    plain, spans, start = "", [], 0
    for char in text:
        if char == "⟦":
            start = len(plain)
        elif char == "⟧":
            spans.append((start, len(plain)))
        else:
            plain += char
    return plain, spans
