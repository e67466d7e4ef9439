import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from wagtail.models import Locale, Page, Site

from bridgehead.accounts import roles
from bridgehead.audit.models import Entry
from bridgehead.newsroom.actions.site import admit, ensure_section, ensure_site
from bridgehead.newsroom.models import HostNewsPage, NewsIndexPage, ReleasePage
from bridgehead.newsroom.queries import latest_releases, other_version
from bridgehead.organisations.models import HostMembership

from ..factories.organisations import a_host, staff
from ..factories.programmes import a_programme
from .conftest import a_release, at


def test_ensure_site_twice_makes_one(news):
    first, second = ensure_site(), ensure_site()
    assert first == second
    assert NewsIndexPage.objects.count() == Locale.objects.filter(language_code__in=["ko", "en"]).count() == 2
    assert Site.objects.get(is_default_site=True).root_page.specific == first["ko"]
    assert first["ko"].translation_key == first["en"].translation_key
    assert not Page.objects.filter(slug="home").exists()


def test_ensure_section_is_translated(news):
    korean, english = (ensure_section(host=news.host, language=code) for code in ("ko", "en"))
    assert (korean.title, english.title) == ("경기도", "Gyeonggi Province")
    assert korean.get_translations().get().specific == english
    assert HostNewsPage.objects.count() == 2


def test_create_release_publishes_it_at_its_moment(news):
    moment = at("2025-03-09 09:00")
    release = a_release(news, published_at=moment, programme=news.programme, reconstructed=True)
    assert (release.live, release.published, release.updated, release.was_updated) == (
        True,
        moment,
        moment,
        False,
    )
    assert (release.host, release.contact, release.locale.language_code) == (news.host, "국제통상과", "ko")
    assert release.revisions.count() == 1
    verbs = list(Entry.objects.filter(chain="gyeonggi").order_by("position").values_list("verb", flat=True))
    assert verbs[-2:] == ["release.create", "release.publish"]


def test_create_release_without_a_moment_is_a_draft(news):
    release = a_release(news, published_at=None)
    assert not release.live
    assert latest_releases(3) == []


def test_create_release_as_translation_shares_address_and_key(news):
    korean = a_release(news, slug="mwc")
    english = a_release(news, language="en", title="News of Gyeonggi", translation_of=korean)
    assert english.path_for_readers == "/en/news/gyeonggi/mwc/"
    assert korean.path_for_readers == "/ko/news/gyeonggi/mwc/"
    assert (other_version(korean), other_version(english)) == (english, korean)


def test_create_release_twice_under_one_title_gets_two_addresses(news):
    assert [a_release(news).slug for _ in range(2)] == ["경기도-소식", "경기도-소식-2"]


@pytest.mark.parametrize("field", ["bullets", "body"])
def test_create_release_with_a_wrong_figure_is_refused(news, field):
    with pytest.raises(ValidationError) as refused:
        a_release(news, **{field: "{{mwc-2025 persued}}"})
    assert list(refused.value.message_dict) == [field]
    assert ReleasePage.objects.count() == 0


def test_release_with_a_figure_in_its_title_is_refused(news):
    with pytest.raises(ValidationError, match="title"):
        a_release(news, title="{{mwc-2025 pursued}}")


def test_release_may_not_tell_figures_of_a_strangers_hidden_programme(news):
    a_programme(slug="hidden", is_public=False)
    with pytest.raises(ValidationError, match="hidden"):
        a_release(news, bullets="{{hidden pursued}}")
    a_programme(news.host, slug="own-hidden", is_public=False)
    assert a_release(news, bullets="{{own-hidden pursued}}").live


def test_release_published_again_later_was_updated(news):
    release = a_release(news, published_at=at("2025-03-09 09:00"))
    release.title = "고친 제목"
    release.save_revision(user=news.editor).publish(user=news.editor, skip_permission_checks=True)
    release.refresh_from_db()
    assert release.was_updated
    assert release.published == at("2025-03-09 09:00")
    assert (timezone.now() - release.updated).total_seconds() < 60


def test_unpublished_release_leaves_a_trace(news):
    admit(user=news.editor)
    a_release(news).unpublish(user=news.editor)
    assert Entry.objects.filter(chain="gyeonggi").latest("position").verb == "release.unpublish"
    assert latest_releases(3) == []


def test_deleted_release_leaves_a_trace(news):
    a_release(news).delete()
    entry = Entry.objects.filter(chain="gyeonggi").latest("position")
    assert (entry.verb, entry.target) == ("release.delete", "경기도 소식")


def test_entry_id_once_per_host(news):
    first, second = a_release(news), a_release(news)
    with pytest.raises(IntegrityError), transaction.atomic():
        ReleasePage.objects.filter(pk=second.pk).update(entry_id=first.entry_id)


def test_admit_follows_the_roles(news):
    assert admit(user=news.editor)
    section = ensure_section(host=news.host, language="ko")
    elsewhere = ensure_section(host=a_host(), language="ko")
    assert section.permissions_for_user(news.editor).can_publish_subpage()
    assert not elsewhere.permissions_for_user(news.editor).can_add_subpage()
    HostMembership.objects.filter(user=news.editor).delete()
    assert not admit(user=news.editor)
    assert news.editor.groups.count() == 0


@pytest.mark.parametrize("role", sorted(set(roles.ROLES) - {"editor"}))
def test_admit_nobody_else(news, role):
    assert not admit(user=staff(news.host, role))
