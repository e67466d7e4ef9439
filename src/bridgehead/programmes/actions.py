"""Setting up what a host does: strategies, projects, fair editions, programmes, and figures with who stated them."""

from typing import Any

from django.db import transaction
from django.utils.text import slugify

from bridgehead.accounts.models import User
from bridgehead.audit import actions as audit
from bridgehead.organisations.models import Host
from bridgehead.programmes.models import Fair, FairEdition, Programme, Project, Statement, Strategy


def free_slug(model: Any, wanted: str, fallback: str, length: int) -> str:
    """An address nobody has yet: the wanted one, or with a number behind it."""
    stem = slugify(wanted)[: length - 4].strip("-") or fallback
    taken = set(model.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    numbers = (f"{stem}-{n}" for n in range(2, len(taken) + 3))
    return stem if stem not in taken else next(slug for slug in numbers if slug not in taken)


@transaction.atomic
def create_programme(*, host: Host, by: User | None, slug: str = "", **fields: Any) -> Programme:
    """`fields` are columns of Programme; without a slug the address is made from the English title and the year."""
    wanted = slug or f"{host.slug}-{fields.get('title_en', '')}-{fields['starts_on'].year}"
    programme = Programme(
        host=host, slug=free_slug(Programme, wanted, f"{host.slug}-programme", 80), **fields
    )
    programme.full_clean()
    programme.save(force_insert=True)
    audit.record(by=by, verb="programme.create", target=programme, chain=host.slug)
    return programme


@transaction.atomic
def edit_programme(*, programme: Programme, by: User | None, **fields: Any) -> Programme:
    """Change columns of a programme; the trail keeps what each was before."""
    before = {name: str(getattr(programme, name)) for name in fields}
    for name, value in fields.items():
        setattr(programme, name, value)
    programme.full_clean()
    changed = [name for name, value in before.items() if str(getattr(programme, name)) != value]
    if changed:
        programme.save(update_fields=changed)
        data = {name: [before[name], str(getattr(programme, name))] for name in changed}
        audit.record(by=by, verb="programme.edit", target=programme, chain=programme.host.slug, data=data)
    return programme


@transaction.atomic
def create_fair_edition(
    *, by: User | None, fair: Fair | None = None, fair_name: str = "", organiser: str = "", **fields: Any
) -> FairEdition:
    """One time a fair is held; the fair itself is created when only its name is given."""
    if fair is None:
        fair = Fair.objects.filter(name__iexact=fair_name.strip()).first() or Fair.objects.create(
            slug=free_slug(Fair, fair_name, "fair", 50), name=fair_name.strip(), organiser=organiser
        )
    edition = FairEdition(fair=fair, **fields)
    edition.full_clean()
    edition.save(force_insert=True)
    audit.record(by=by, verb="fair_edition.create", target=edition)
    return edition


@transaction.atomic
def add_statement(*, programme: Programme, by: User | None, **fields: Any) -> Statement:
    """A figure with who stated it; it never replaces another one."""
    statement = Statement(programme=programme, **fields)
    statement.full_clean()
    statement.save(force_insert=True)
    _record_statement("statement.add", statement, by)
    return statement


@transaction.atomic
def edit_statement(*, statement: Statement, by: User | None, **fields: Any) -> Statement:
    for name, value in fields.items():
        setattr(statement, name, value)
    statement.full_clean()
    statement.save(update_fields=list(fields))
    _record_statement("statement.edit", statement, by)
    return statement


@transaction.atomic
def delete_statement(*, statement: Statement, by: User | None) -> None:
    _record_statement("statement.delete", statement, by)
    statement.delete()


def _record_statement(verb: str, statement: Statement, by: User | None) -> None:
    programme = statement.programme
    data = {"subject": statement.subject, "value": str(statement.value), "said_by": statement.said_by}
    audit.record(by=by, verb=verb, target=programme, chain=programme.host.slug, data=data)


@transaction.atomic
def create_strategy(
    *, host: Host, title_ko: str, by: User | None, title_en: str = "", order: int | None = None
) -> Strategy:
    order = host.strategies.count() + 1 if order is None else order
    strategy = Strategy.objects.create(host=host, title_ko=title_ko, title_en=title_en, order=order)
    audit.record(by=by, verb="strategy.create", target=strategy, chain=host.slug)
    return strategy


@transaction.atomic
def create_project(
    *, strategy: Strategy, title_ko: str, by: User | None, title_en: str = "", order: int | None = None
) -> Project:
    order = strategy.projects.count() + 1 if order is None else order
    project = Project.objects.create(strategy=strategy, title_ko=title_ko, title_en=title_en, order=order)
    audit.record(by=by, verb="project.create", target=project, chain=strategy.host.slug)
    return project


@transaction.atomic
def rename(*, thing: Strategy | Project, by: User | None, title_ko: str, title_en: str, order: int) -> None:
    """New titles or another place in the list, for a strategy or a project."""
    host = thing.host if isinstance(thing, Strategy) else thing.strategy.host
    before = [thing.title_ko, thing.title_en, thing.order]
    thing.title_ko, thing.title_en, thing.order = title_ko, title_en, order
    thing.save(update_fields=["title_ko", "title_en", "order"])
    data = {"before": before, "after": [title_ko, title_en, order]}
    audit.record(by=by, verb=f"{thing._meta.model_name}.edit", target=thing, chain=host.slug, data=data)
