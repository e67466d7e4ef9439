"""A call as large as they come, written in bulk: for measurements of review lists, assignment and selection room.

    from calls_fixture import a_large_call, temporary_database

    with temporary_database():
        call = a_large_call()

1,000 applications × 3 reviews × 6 criteria by 40 reviewers unless told otherwise, the same at every run.
"""

import os
import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import django
from django.test.utils import setup_databases, teardown_databases

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bridgehead.config.settings")
django.setup()

from django.utils import timezone  # noqa: E402 (models need the set-up above)

from bridgehead.accounts.models import User  # noqa: E402
from bridgehead.calls.models import Application, Call, Criterion, Review, Score, Stage  # noqa: E402
from bridgehead.kit.validators import business_number_check_digit  # noqa: E402
from bridgehead.organisations.models import Host, HostMembership, Organisation  # noqa: E402
from bridgehead.programmes.models import Programme  # noqa: E402
from bridgehead.questions.models import Question, QuestionSet  # noqa: E402

REGIONS = ["icheon", "yeoju", "gwangju", "suwon"]


@contextmanager
def temporary_database() -> Iterator[None]:
    """An empty database of its own beside the configured one, destroyed afterwards."""
    old = setup_databases(verbosity=0, interactive=False, serialized_aliases=set())
    try:
        yield
    finally:
        teardown_databases(old, verbosity=0)


def a_large_call(
    applications: int = 1000,
    *,
    reviews: int = 3,
    criteria: int = 6,
    reviewers: int = 40,
    reviewed: float = 1.0,
    slug: str = "large",
) -> Call:
    """A closed call with everything shortlisted; `reviewed` is the share of readings handed in, 0 for none given out."""
    generator = random.Random(applications)
    host = Host.objects.create(slug=slug, kind=Host.Kind.PROVINCE, name_ko="큰도", name_en="Large Province")
    call = _call(host, slug, applications, reviews)
    stage = call.stages.get()
    _criteria(call, stage, criteria)
    people = _people(host, slug, reviewers)
    received = _applications(call, stage, slug, applications, generator)
    if reviewed:
        _reviews(stage, received, people, reviews, reviewed, generator)
    return call


def officer_of(call: Call) -> User:
    """Somebody who may open the call's pages at the desk."""
    user = User.objects.create_user(f"officer@{call.slug}.example")
    HostMembership.objects.create(host=call.programme.host, user=user, role="officer")
    return user


def _call(host: Host, slug: str, applications: int, reviews: int) -> Call:
    now = timezone.now()
    programme = Programme.objects.create(
        host=host,
        slug=slug,
        title_ko="큰 사업",
        title_en="Large programme",
        starts_on=now.date(),
        ends_on=now.date(),
    )
    questions = QuestionSet.objects.create(name="Large", host=host)
    choices = [{"value": region, "ko": region, "en": region.title()} for region in REGIONS]
    for order, (key, kind, options) in enumerate(
        [
            ("product", "short_text", {}),
            ("story", "long_text", {}),
            ("region", "choice", {"choices": choices}),
        ]
    ):
        Question.objects.create(
            question_set=questions,
            key=key,
            kind=kind,
            order=order,
            label_ko=key,
            label_en=key,
            options=options,
        )
    call = Call.objects.create(
        programme=programme,
        slug=slug,
        title_ko="큰 공고",
        title_en="Large call",
        opens_at=now - timedelta(days=30),
        closes_at=now - timedelta(days=1),
        published_at=now - timedelta(days=30),
        places=max(applications // 10, 1),
        reserves=max(applications // 20, 1),
        question_set=questions,
    )
    Stage.objects.create(call=call, name_ko="서류 심사", name_en="Documents", reviews_wanted=reviews)
    return call


def _criteria(call: Call, stage: Stage, count: int) -> None:
    weights = [100 // count + (position < 100 % count) for position in range(count)]
    Criterion.objects.bulk_create(
        Criterion(
            call=call, stage=stage, order=n, name_ko=f"기준 {n + 1}", name_en=f"Criterion {n + 1}", weight=w
        )
        for n, w in enumerate(weights)
    )


def _people(host: Host, slug: str, count: int) -> list[User]:
    people = User.objects.bulk_create(
        User(email=f"reviewer{n}@{slug}.example", name=f"Reviewer {n}", password="!") for n in range(count)
    )
    HostMembership.objects.bulk_create(
        HostMembership(host=host, user=person, role="reviewer") for person in people
    )
    return people


def _business_number(number: int) -> str:
    nine = f"{131_000_000 + number}"
    return nine + str(business_number_check_digit(nine))


def _applications(
    call: Call, stage: Stage, slug: str, count: int, generator: random.Random
) -> list[Application]:
    first = Organisation.objects.count()
    firms = Organisation.objects.bulk_create(
        Organisation(
            slug=f"{slug}-{n}",
            kind=Organisation.Kind.FIRM,
            name_ko=f"공방 {n}",
            name_en=f"Workshop {n}",
            business_number=_business_number(first + n),
            region=generator.choice(REGIONS),
            phone=f"031-{n:04d}-{n:04d}",
        )
        for n in range(count)
    )
    story = "한 점씩 손으로 만들고 재료의 이력을 기록합니다. " * 10
    return Application.objects.bulk_create(
        Application(
            call=call,
            firm=firm,
            question_set=call.question_set,
            stage=stage,
            state=Application.State.SHORTLISTED,
            number=f"{slug}-{n + 1:04d}",
            submitted_at=call.closes_at - timedelta(minutes=count - n),
            answers={"product": f"제품 {n}", "story": story, "region": generator.choice(REGIONS)},
        )
        for n, firm in enumerate(firms)
    )


def _reviews(
    stage: Stage,
    received: list[Application],
    people: list[User],
    each: int,
    share: float,
    generator: random.Random,
) -> None:
    """Going round the table, so that the loads are even."""
    pairs = [
        (app, people[(n * each + place) % len(people)])
        for n, app in enumerate(received)
        for place in range(each)
    ]
    done = int(len(pairs) * share)
    readings = Review.objects.bulk_create(
        (
            Review(
                application=application,
                stage=stage,
                reviewer=person,
                state=Review.State.DONE if n < done else Review.State.ASSIGNED,
                done_at=timezone.now() if n < done else None,
            )
            for n, (application, person) in enumerate(pairs)
        ),
        batch_size=2000,
    )
    criteria = list(stage.criteria.all())
    Score.objects.bulk_create(
        (
            Score(review=reading, criterion=criterion, value=generator.randint(1, 5), reason="근거를 적음")
            for reading in readings[:done]
            for criterion in criteria
        ),
        batch_size=2000,
    )
