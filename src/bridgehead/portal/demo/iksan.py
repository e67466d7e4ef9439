"""Iksan's incoming grant. Sourced: selected four years in a row since 2021, KRW 316M in all; the split is not stated."""

from datetime import date
from decimal import Decimal
from typing import Any

from bridgehead.funding.actions.budget import save_grant, save_source
from bridgehead.funding.models import FundingSource, IncomingGrant
from bridgehead.organisations.models import Host
from bridgehead.portal.demo import story
from bridgehead.portal.demo.hosts import officer_of
from bridgehead.programmes.actions import add_statement, create_programme

SLUG = "iksan-root-complex-2024"
TITLE_KO, TITLE_EN = "익산 U-주얼리 특화단지 지원사업", "Iksan-U Jewelry Specialized Complex support project"
WORDS = "the fourth consecutive year of selection since 2021, securing a total project budget of 316 million won, including national funding"


def load(hosts: dict[str, Host]) -> None:
    host, officer = hosts["iksan"], officer_of("iksan")
    with story.on(2024, 4, 12):
        programme = create_programme(
            host=host,
            operator=hosts["fiti"],
            by=officer,
            slug=SLUG,
            kind="grant",
            title_ko=f"{TITLE_KO} 2024",
            title_en=f"{TITLE_EN} 2024",
            summary_ko="공동 브랜드 온라인 플랫폼, AI 마케팅·라이브커머스 교육, 국내외 공동 전시, 친환경 주얼리 인증, 디지털 물류 촬영을 추진합니다.",
            summary_en="A joint-brand online platform, training in AI marketing and live commerce, joint exhibitions, "
            "eco-friendly certification, and digital photography for logistics.",
            starts_on=date(2024, 4, 1),
            ends_on=date(2024, 12, 31),
            result_currency="KRW",
            reconstructed=True,
        )
        said: dict[str, Any] = {
            "programme": programme,
            "by": officer,
            "said_by": "익산시 (City of Iksan)",
            "said_on": date(2024, 4, 12),
        }
        add_statement(**said, subject="budget", value=Decimal(316_000_000), unit="KRW", words=WORDS)
        source = save_source(
            source=FundingSource(
                programme=programme,
                kind="other",
                name_ko="국비·지방비 (구분 미공개)",
                name_en="National and local (split not stated)",
                amount=Decimal(316_000_000),
            ),
            by=officer,
        )
    for year in (2021, 2022, 2023, 2024):
        with story.on(year, 4, 12):
            save_grant(
                grant=IncomingGrant(
                    host=host,
                    programme=programme if year == 2024 else None,
                    source=source if year == 2024 else None,
                    title_ko=TITLE_KO,
                    title_en=TITLE_EN,
                    granting_body_ko="산업통상자원부 국가뿌리산업진흥센터",
                    granting_body_en="National Root Industry Promotion Center, Ministry of Trade, Industry and Energy",
                    year=year,
                    state="selected",
                    amount=Decimal(316_000_000) if year == 2024 else None,
                    source_words=WORDS,
                ),
                by=officer,
            )
