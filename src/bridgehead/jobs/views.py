from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from bridgehead.jobs.queries import jobs_visible_to


@login_required
def detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """How far a piece of work is. htmx asks again every second; without it, the page says to reload."""
    job = get_object_or_404(jobs_visible_to(request.user), pk=pk)
    if request.headers.get("HX-Request"):
        response = render(request, "jobs/_progress.html", {"job": job})
        if job.state == job.State.DONE and job.result_url:
            response["HX-Redirect"] = job.result_url
        return response
    if job.state == job.State.DONE and job.result_url:
        return redirect(job.result_url)
    return render(request, "jobs/detail.html", {"job": job})
