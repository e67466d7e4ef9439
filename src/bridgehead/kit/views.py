from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def styleguide(request: HttpRequest) -> HttpResponse:
    """Every component with its variants, for whoever builds a page."""
    return render(request, "kit/styleguide.html")
