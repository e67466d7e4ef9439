"""Names of languages and subject fields, in Korean and English: for pages, books and tables alike.

A subject's code goes from general to special (`manufacturing.setting`). What only an imported file knows is shown as it is.
"""

from functools import cache

#: Code → (Korean name, English name, own name), in the order in which books list them.
LANGUAGES = {
    "ko": ("한국어", "Korean", "한국어"),
    "en": ("영어", "English", "English"),
    "it": ("이탈리아어", "Italian", "italiano"),
    "zh": ("중국어", "Chinese", "中文"),
    "ja": ("일본어", "Japanese", "日本語"),
    "fr": ("프랑스어", "French", "français"),
    "de": ("독일어", "German", "Deutsch"),
    "es": ("스페인어", "Spanish", "español"),
    "pt": ("포르투갈어", "Portuguese", "português"),
    "ru": ("러시아어", "Russian", "русский"),
    "vi": ("베트남어", "Vietnamese", "Tiếng Việt"),
    "id": ("인도네시아어", "Indonesian", "Bahasa Indonesia"),
    "th": ("태국어", "Thai", "ไทย"),
    "tr": ("튀르키예어", "Turkish", "Türkçe"),
    "ar": ("아랍어", "Arabic", "العربية"),
    "he": ("히브리어", "Hebrew", "עברית"),
    "fa": ("페르시아어", "Persian", "فارسی"),
    "ur": ("우르두어", "Urdu", "اردو"),
    "hi": ("힌디어", "Hindi", "हिन्दी"),
}
RIGHT_TO_LEFT = frozenset({"ar", "he", "fa", "ur", "ps", "sd", "yi", "dv", "ug", "ckb"})

SUBJECTS = {
    "manufacturing": ("제작", "Manufacturing"),
    "manufacturing.metals": ("금속과 합금", "Metals and alloys"),
    "manufacturing.tools": ("공구와 기계", "Tools and machines"),
    "manufacturing.fabrication": ("성형과 장식", "Fabrication and ornament"),
    "manufacturing.casting": ("주조", "Casting"),
    "manufacturing.setting": ("보석 물림", "Stone setting"),
    "manufacturing.finishing": ("마무리와 도금", "Finishing and plating"),
    "manufacturing.findings": ("부속", "Findings"),
    "manufacturing.chains": ("사슬", "Chains"),
    "manufacturing.forms": ("장신구의 종류", "Forms of jewelry"),
    "manufacturing.testing": ("품위 시험과 표시", "Assay and hallmarks"),
    "manufacturing.design": ("디자인", "Design"),
    "manufacturing.digital": ("디지털 설계와 제작", "Digital design and production"),
    "manufacturing.trade": ("거래", "Trade"),
    "manufacturing.traditional": ("한국 전통 장신구", "Traditional Korean ornament"),
    "gemology": ("보석학", "Gemology"),
    "gemology.species": ("보석의 종류", "Gem species and varieties"),
    "gemology.properties": ("보석의 성질", "Properties and phenomena"),
    "gemology.cut": ("보석 연마", "Gem cutting"),
    "gemology.diamond": ("다이아몬드 감정", "Diamond grading"),
    "gemology.treatments": ("처리, 합성, 모조", "Treatments, synthetics, imitations"),
    "gemology.organics": ("진주와 유기질 보석", "Pearls and organic gems"),
    "gemology.testing": ("보석 감별", "Identification"),
    "": ("분야 없음", "No subject field"),
}


@cache
def main(tag: str) -> str:
    """The language itself, without script or region."""
    return tag.split("-")[0].lower()


def direction(tag: str) -> str:
    return "rtl" if main(tag) in RIGHT_TO_LEFT else "ltr"


def language_name(tag: str, language: str) -> str:
    names = LANGUAGES.get(main(tag))
    return names[language != "ko"] if names else tag


def subject_name(code: str, language: str) -> str:
    names = SUBJECTS.get(code)
    return names[language != "ko"] if names else code
