from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from bridgehead.jobs.models import Job


def jobs_visible_to(user: AbstractBaseUser | AnonymousUser) -> QuerySet[Job]:
    """A job is shown to whoever asked for it."""
    return Job.objects.filter(requested_by=user.pk) if user.is_authenticated else Job.objects.none()
