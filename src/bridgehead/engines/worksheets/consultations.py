"""The table every pavilion brings home: who talked with whom, about what, and for how much."""

from decimal import Decimal

from .schema import Column, Schema


def _names(listed: str) -> tuple[str, ...]:
    return tuple(listed.split(", "))


CONSULTATIONS = Schema(
    name="consultations",
    columns=(
        Column(
            "firm",
            _names(
                "기업명, 업체명, 참가기업, 참가기업명, 참가업체, 참가업체명, 회사명, 상호, 국내기업, "
                "국내기업명, 국내업체, 수출기업, 한국기업, 기업, 업체, 참가사, 참가기업>기업명, "
                "참가기업>업체명, "
                "Company, Company name, Firm, Firm name, Exhibitor, Participant, Korean company"
            ),
            required=True,
            max_length=200,
        ),
        Column(
            "business_number",
            _names(
                "사업자등록번호, 사업자번호, 사업자 등록 번호, "
                "Business registration number, Business number, BRN, Registration number"
            ),
            kind="business_number",
        ),
        Column(
            "date",
            _names(
                "상담일, 상담일자, 상담날짜, 일자, 날짜, 일시, 상담일시, 상담 일정, "
                "Date, Day, Meeting date, Consultation date, Date of consultation, Date of meeting"
            ),
            kind="date",
            required=True,
        ),
        Column(
            "buyer",
            _names(
                "바이어, 바이어명, 바이어 업체명, 바이어 회사명, 바이어 기업명, 바이어사, 해외바이어, "
                "해외바이어명, 상담업체, 상담업체명, 상담기업, 상담처, 상담 바이어, 상담 바이어명, "
                "상담대상, 거래처, 해외기업, 바이어>업체명, 바이어>회사명, 바이어>기업명, 바이어>상호, "
                "바이어>업체, 바이어>명칭, 바이어>성명, 상담>업체명, "
                "Buyer, Buyer name, Name of buyer, Buyer company, Company name of buyer, "
                "Buyer company name, Buyer's company, Client, Buyer>Company, Buyer>Company name, "
                "Buyer>Name, Buyer>Firm"
            ),
            required=True,
            max_length=200,
        ),
        Column(
            "country",
            _names(
                "국가, 국적, 국가명, 바이어국가, 바이어 국적, 상대국, 상담국가, 대상국가, 나라, 소재국, "
                "Country, Nationality, Buyer country, Country of buyer, Buyer's country"
            ),
            kind="country",
        ),
        Column(
            "product",
            _names(
                "품목, 품목명, 상담품목, 제품, 제품명, 상담제품, 전시품목, 관심품목, 아이템, 품명, "
                "Item, Items, Product, Products, Product name, Product of interest"
            ),
            max_length=500,
        ),
        Column(
            "amount",
            _names(
                "상담액, 상담금액, 상담실적, 상담실적(금액), 상담실적 금액, 수출상담액, 수출상담금액, "
                "상담규모, 상담 예상액, 상담 예상금액, 상담>금액, 상담실적>금액, 금액, "
                "Consultation amount, Consulted amount, Consultation value, Amount of consultation, "
                "Consultation>Amount, Meeting amount, Amount"
            ),
            kind="money",
            minimum=Decimal(0),
        ),
        Column(
            "pursued",
            _names(
                "계약추진액, 계약추진금액, 계약 추진, 계약추진 실적, 계약추진실적(금액), 추진액, 추진금액, "
                "계약추진 예상액, 계약예상액, 계약예상금액, 계약추진>금액, 추진>금액, "
                "Pursued, Pursued amount, Amount pursued, Contract in progress, Contracts in progress, "
                "Contract pursued, Contract amount in progress, Pursued contract amount, Pursued>Amount, "
                "Contract in progress>Amount"
            ),
            kind="money",
            minimum=Decimal(0),
        ),
        Column(
            "currency", _names("통화, 화폐, 화폐단위, 통화단위, 단위, Currency, Unit, Curr."), kind="currency"
        ),
        Column(
            "contact",
            _names(
                "담당자, 담당자명, 연락처, 이메일, 전화번호, 바이어 담당자, 바이어 연락처, "
                "Contact, Contact person, E-mail, Email, Phone"
            ),
            max_length=300,
        ),
        Column(
            "note",
            _names(
                "비고, 상담내용, 상담 내용, 주요 상담내용, 상담결과, 특이사항, 메모, "
                "Remarks, Remark, Note, Notes, Comment, Comments, Memo"
            ),
        ),
    ),
    identity=("firm", "business_number", "date", "buyer", "country", "product", "amount", "pursued"),
    amount="amount",
)
