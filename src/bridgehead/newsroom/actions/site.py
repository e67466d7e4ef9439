"""The newsroom's tree and its editors' rights, made when first needed and mended when something is missing."""

import uuid

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Locale,
    Page,
    Site,
)

from bridgehead.accounts import roles
from bridgehead.accounts.models import User
from bridgehead.newsroom.models import HostNewsPage, NewsIndexPage
from bridgehead.organisations.models import Host
from bridgehead.organisations.queries import hosts_where

TITLES = {"ko": "보도자료", "en": "News"}
GROUP = "newsroom:"
ON_SECTIONS = ["add_page", "change_page", "publish_page"]
ON_PICTURES = ["add_image", "change_image", "choose_image"]
EVERYWHERE = [("wagtailadmin", "access_admin"), ("simple_translation", "submit_translation")]


@transaction.atomic
def ensure_site() -> dict[str, NewsIndexPage]:
    """The index of each language. Harmless to call again; takes Wagtail's welcome page away."""
    first, *_rest = [Locale.objects.get_or_create(language_code=code)[0] for code in TITLES]
    Locale.objects.select_for_update().get(pk=first.pk)
    found = _indexes()
    if len(found) == len(TITLES):
        return found
    root = Page.get_first_root_node() or Page.add_root(instance=Page(title="Root", slug="root", locale=first))
    Page.objects.child_of(root).filter(slug="home", content_type__model="page", numchild=0).delete()
    key = next((index.translation_key for index in found.values()), uuid.uuid4())
    for code, title in TITLES.items():
        if code not in found:
            locale = Locale.objects.get(language_code=code)
            index = NewsIndexPage(title=title, slug=f"news-{code}", locale=locale, translation_key=key)
            Page.objects.get(pk=root.pk).add_child(instance=index)
    found = _indexes()
    Site.objects.update_or_create(
        is_default_site=True,
        defaults={
            "hostname": "localhost",
            "site_name": settings.WAGTAIL_SITE_NAME,
            "root_page": found[first.language_code],
        },
    )
    return found


def _indexes() -> dict[str, NewsIndexPage]:
    return {page.locale.language_code: page for page in NewsIndexPage.objects.select_related("locale")}


@transaction.atomic
def ensure_section(*, host: Host, language: str) -> HostNewsPage:
    """The page under which an office's releases in one language stand."""
    indexes = ensure_site()
    known = {page.locale.language_code: page for page in host.news_sections.select_related("locale")}
    if language in known:
        return known[language]
    section = HostNewsPage(
        title=host.name_ko if language == "ko" else host.name_en,
        slug=host.slug,
        host=host,
        locale=indexes[language].locale,
        translation_key=next((page.translation_key for page in known.values()), uuid.uuid4()),
    )
    indexes[language].add_child(instance=section)
    return section


@transaction.atomic
def ensure_editors_of(*, host: Host) -> Group:
    """The group of an office's editors: its own sections and pictures, and nobody else's."""
    sections = [ensure_section(host=host, language=language) for language in TITLES]
    group, _made = Group.objects.get_or_create(name=GROUP + host.slug)
    for app, codename in EVERYWHERE:
        group.permissions.add(Permission.objects.get(content_type__app_label=app, codename=codename))
    on_pages = Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=ON_SECTIONS)
    for section in sections:
        for permission in on_pages:
            GroupPagePermission.objects.get_or_create(group=group, page=section, permission=permission)
    on_pictures = Permission.objects.filter(content_type__app_label="wagtailimages", codename__in=ON_PICTURES)
    for permission in on_pictures:
        GroupCollectionPermission.objects.get_or_create(
            group=group, collection=_pictures_of(host), permission=permission
        )
    return group


def _pictures_of(host: Host) -> Collection:
    root = Collection.get_first_root_node() or Collection.add_root(instance=Collection(name="Root"))
    found = root.get_children().filter(name=host.slug).first()
    return found or root.add_child(instance=Collection(name=host.slug))


def admit(*, user: User) -> bool:
    """Bring a person's rights in the newsroom in line with their roles; False for whoever edits no office's news.

    Called at the newsroom's door on every request, so that a role given or taken counts at once.
    """
    if user.is_superuser:
        for host in Host.objects.filter(news_sections__isnull=True):
            ensure_editors_of(host=host)
        return True
    wanted = {GROUP + host.slug: host for host in hosts_where(user, roles.NEWS_EDIT)}
    held = set(user.groups.filter(name__startswith=GROUP).values_list("name", flat=True))
    if held != set(wanted):
        with transaction.atomic():
            for name in held - set(wanted):
                user.groups.remove(Group.objects.get(name=name))
            for name in set(wanted) - held:
                user.groups.add(ensure_editors_of(host=wanted[name]))
    return bool(wanted)
