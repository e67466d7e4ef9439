"""How the stages of a call were read, each reviewer scoring what was handed out."""

import random
from collections.abc import Mapping
from datetime import datetime, timedelta

from bridgehead.accounts.models import User
from bridgehead.calls.actions import assigning, reviewing
from bridgehead.calls.models import Review, Stage
from bridgehead.portal.demo import story


def read_stage(stage: Stage, strength: Mapping[int, float], *, start: datetime, by: User, seed: int) -> None:
    """`strength` by firm, from 0 to 1: where on the call's scale reviewers see it."""
    generator, best = random.Random(seed), stage.call.scale_max
    with story.at(start):
        assigning.assign_reviewers(call=stage.call, by=by)
        story.declare_interests(stage.call)
    criteria = list(stage.criteria.all())
    reviews = Review.objects.filter(stage=stage).select_related("application", "reviewer")
    for position, item in enumerate(reviews):
        with story.at(start + timedelta(days=1, minutes=11 * position)):
            scores = {}
            for criterion in criteria:
                seen = generator.gauss(1 + strength[item.application.firm_id] * (best - 1), best / 14)
                value = min(best, max(1, round(seen)))
                words = story.REMARKS[max(1, round(value * 5 / best))]
                scores[criterion.pk] = {"value": value, "reason": words}
            reviewing.submit_review(review=item, scores=scores, by=item.reviewer)
