"""What a press editor needs of Wagtail's editor, and nothing that leads to locked doors."""

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

HIDDEN_FROM_EDITORS = {"reports", "help"}


class OurDesk(MenuItem):
    """The way back; its address is asked for anew, since the menu is built once for all languages."""

    def render_component(self, request: HttpRequest) -> Any:
        self.url = reverse("newsroom:desk")
        return super().render_component(request)


@hooks.register("register_admin_menu_item")
def way_back() -> MenuItem:
    return OurDesk(_("Newsroom desk"), "#", name="bridgehead-desk", icon_name="arrow-left", order=1)


@hooks.register("construct_main_menu")
def only_what_editors_use(request: HttpRequest, items: list[Any]) -> None:
    if not request.user.is_superuser:
        items[:] = [item for item in items if item.name not in HIDDEN_FROM_EDITORS]


@hooks.register("construct_page_chooser_queryset")
def link_to_published(pages: Any, request: HttpRequest) -> Any:
    """Other offices' drafts are not to be seen, not even in a list of pages to link to."""
    return pages.filter(live=True)


@hooks.register("insert_global_admin_css")
def looks() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("newsroom/css/editor.css"))
