"""Exhibitors for buyers: the firms of a pavilion and where to find them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from bridgehead.fairs import plan, queries


def exhibitors(request: HttpRequest, slug: str) -> HttpResponse:
    programme = get_object_or_404(queries.shown_to_the_public(), slug=slug)
    firms, pavilion = queries.exhibitors(programme), queries.pavilion_of(programme)
    shown = {one.stand.pk for one in firms if one.stand}
    stands = list(queries.stands_of(pavilion)) if pavilion else []
    for stand in stands:
        if stand.pk not in shown:
            stand.award = None
    context = {
        "programme": programme,
        "pavilion": pavilion,
        "plan": plan.draw(pavilion, stands, public=True) if pavilion and stands else None,
        "exhibitors": firms,
    }
    return render(request, "fairs/exhibitors.html", context)
