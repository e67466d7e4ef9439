"""Who may open what: every address of the site, every role.

Columns, from the left: anonymous, stranger (an officer of another host), officer, operator (of the agency to which the
programme is delegated), finance, reviewer, editor, auditor, administrator, maker, other (a maker of another firm).

    O  the page or file       >  sent on to another page       +  the change is made, or its form comes back with errors
    L  sent to the sign-in    .  as if it did not exist (404)   !  asked to sign in with a second factor (403)
    U  401, for the script that saves drafts

Arguments are attributes of tests/config/world.py, or the text itself.
"""

from dataclasses import dataclass
from functools import reduce
from types import SimpleNamespace
from typing import Any

from django.urls import reverse
from django.utils import translation

ROLES = [
    "anonymous", "stranger", "officer", "operator", "finance", "reviewer",
    "editor", "auditor", "administrator", "maker", "other maker",
]  # fmt: skip

PAGES = """
portal:home                         GET  -                                   O O O O O O O O O O O
portal:desk                         GET  -                                   L O O O O > O O O > >
portal:my                           GET  -                                   L O O O O O O O O O O
portal:cockpit                      GET  programme.slug                      L . O O O . O O O . .
portal:audit                        GET  -                                   L . . . . . . O O . .
portal:members                      GET  -                                   L . . . . . . . O . .
portal:member_remove                POST host_membership.pk                  L . . . . . . . + . .
portal:personas                     GET  -                                   O O O O O O O O O O O
portal:persona                      POST jongno-officer                      + + + + + + + + + + +
newsroom:list                       GET  -                                   O O O O O O O O O O O
newsroom:release                    GET  host.slug,release.slug              O O O O O O O O O O O
newsroom:figures                    GET  host.slug,release.slug              O O O O O O O O O O O
newsroom:desk                       GET  -                                   L . . . . . O . . . .
newsroom:upload                     GET  -                                   L . . . . . O . . . .
newsroom:take                       POST -                                   L . . . . . + . . . .
newsroom:programme                  GET  programme.slug                      L . O O O . O O O . .
outcomes:programme                  GET  programme.slug                      L . O O O . O O O . .
outcomes:download                   GET  programme.slug,csv                  L . O O O . O O O . .
outcomes:index                      GET  -                                   O O O O O O O O O O O
outcomes:public                     GET  programme.slug                      O O O O O O O O O O O
floor:my_floor                      GET  -                                   L O O O O O O O O > O
floor:my_log                        GET  programme.slug                      L . . . . . . . . O .
floor:my_consultation               GET  programme.slug,talk.pk              L . . . . . . . . O .
floor:my_withdraw                   POST programme.slug,talk.pk              L . . . . . . . . + .
floor:my_restore                    POST programme.slug,talk.pk              L . . . . . . . . + .
floor:my_stage                      POST programme.slug,talk.pk              L . . . . . . . . + .
floor:my_confirm                    POST programme.slug,talk.pk,record.pk    L . . . . . . . . + .
floor:consultations                 GET  programme.slug                      L . O O O . O O O . .
floor:consultation_new              GET  programme.slug                      L . O O . . . . . . .
floor:consultations_xlsx            GET  programme.slug                      L . O O O . O O O . .
floor:consultations_csv             GET  programme.slug                      L . O O O . O O O . .
floor:import                        GET  programme.slug                      L . O O . . . . . . .
floor:import_template               GET  programme.slug                      L . O O O . O O O . .
floor:import_preview                GET  programme.slug,batch.pk             L . O . . . . . . . .
floor:consultation                  GET  programme.slug,talk.pk              L . O O O . O O O . .
floor:consultation_edit             POST programme.slug,talk.pk              L . + + . . . . . . .
floor:consultation_withdraw         POST programme.slug,talk.pk              L . + + . . . . . . .
floor:consultation_restore          POST programme.slug,talk.pk              L . + + . . . . . . .
floor:stage                         POST programme.slug,talk.pk              L . + + . . . . . . .
floor:stage_withdraw                POST programme.slug,talk.pk,record.pk    L . + + . . . . . . .
floor:follow_up                     GET  programme.slug                      L . O O O . O O O . .
floor:follow_up_plan                POST programme.slug                      L . + + . . . . . . .
floor:follow_up_send                POST programme.slug,wave.pk              L . + + . . . . . . .
floor:follow_up_remind              POST programme.slug,follow_up.pk         L . + + . . . . . . .
floor:answer                        GET  follow_up_token                     O O O O O O O O O O O
floor:answer_done                   GET  follow_up_token                     O O O O O O O O O O O
matchmaking:desk                    GET  programme.slug                      L . O O O . O O O . .
matchmaking:set_up                  GET  programme.slug                      L . O O . . . . . . .
matchmaking:take_over               POST programme.slug                      L . + + . . . . . . .
matchmaking:new_buyer               GET  programme.slug                      L . O O . . . . . . .
matchmaking:invite_all              POST programme.slug                      L . + + . . . . . . .
matchmaking:remind                  POST programme.slug                      L . + + . . . . . . .
matchmaking:edit_party              GET  programme.slug,buyer.pk             L . O O . . . . . . .
matchmaking:invite                  POST programme.slug,buyer.pk             L . + + . . . . . . .
matchmaking:set_state               POST programme.slug,buyer.pk             L . + + . . . . . . .
matchmaking:timetable               GET  programme.slug                      L . O O O . O O O . .
matchmaking:compute                 POST programme.slug                      L . + + . . . . . . .
matchmaking:instance                GET  programme.slug                      L . O O O . O O O . .
matchmaking:publish                 POST programme.slug,timetable.pk         L . + + . . . . . . .
matchmaking:xlsx                    GET  programme.slug,timetable.pk         L . O O O . O O O . .
matchmaking:cancel                  GET  programme.slug,meeting.pk           L . O O . . . . . . .
matchmaking:my_list                 GET  -                                   L O O O O O O O O O O
matchmaking:my                      GET  programme.slug                      L . . . . . . . . O .
matchmaking:my_autosave             POST programme.slug                      U . . . . . . . . + .
matchmaking:my_calendar             GET  programme.slug                      L . . . . . . . . O .
matchmaking:my_cancel               GET  programme.slug,meeting.uid          L . . . . . . . . O .
matchmaking:buyer                   GET  buyer_token                         O O O O O O O O O O O
matchmaking:buyer_answer            POST buyer_token                         + + + + + + + + + + +
matchmaking:buyer_autosave          POST buyer_token                         + + + + + + + + + + +
matchmaking:buyer_calendar          GET  buyer_token                         O O O O O O O O O O O
matchmaking:buyer_cancel            GET  buyer_token,meeting.uid             O O O O O O O O O O O
fairs:pavilion                      GET  programme.slug                      L . O O O . O O O . .
fairs:edit                          GET  programme.slug                      L . O O . . . . . . .
fairs:fill                          GET  programme.slug                      L . O O . . . . . . .
fairs:arrange                       POST programme.slug                      L . + + . . . . . . .
fairs:assign_remaining              POST programme.slug                      L . + + . . . . . . .
fairs:stand_new                     GET  programme.slug                      L . O O . . . . . . .
fairs:stand                         GET  programme.slug,stand.pk             L . O O . . . . . . .
fairs:stand_remove                  POST programme.slug,stand.pk             L . + + . . . . . . .
fairs:exhibitors                    GET  programme.slug                      O O O O O O O O O O O
funding:programme                   GET  programme.slug                      L . O O O . . O . . .
funding:source_new                  GET  programme.slug                      L . O O O . . . . . .
funding:source                      GET  programme.slug,source.pk            L . O O O . . . . . .
funding:source_remove               POST programme.slug,source.pk            L . + + + . . . . . .
funding:item_new                    GET  programme.slug                      L . O O O . . . . . .
funding:item                        GET  programme.slug,item.pk              L . O O O . . . . . .
funding:item_remove                 POST programme.slug,item.pk              L . + + + . . . . . .
funding:ceiling_new                 GET  programme.slug                      L . O O O . . . . . .
funding:ceiling                     GET  programme.slug,ceiling.pk           L . O O O . . . . . .
funding:ceiling_remove              POST programme.slug,ceiling.pk           L . + + + . . . . . .
funding:promise                     GET  programme.slug                      L . O O O . . . . . .
funding:approve_many                POST programme.slug                      L . . . + . . . . . .
funding:firm                        GET  programme.slug,firm.slug            L . O O O . . O . . .
funding:line                        GET  programme.slug,claimed.pk           L . O O O . . O . . .
funding:claim                       POST programme.slug,promised.pk          L . + + + . . . . . .
funding:approve                     POST programme.slug,claimed.pk           L . . . + . . . . . .
funding:settle                      POST programme.slug,claimed.pk           L . . . + . . . . . .
funding:refuse                      POST programme.slug,claimed.pk           L . + + + . . . . . .
funding:my_support                  GET  -                                   L O O O O O O O O O O
funding:my_claim                    GET  promised.pk                         L . . . . . . . . O .
funding:grants                      GET  -                                   L O O O O . . O . . .
funding:grant_new                   GET  -                                   L O O O O . . . . . .
funding:grant                       GET  grant.pk                            L . O . O . . . . . .
calls:desk_calls                    GET  programme.slug                      L . O O O . O O O . .
calls:desk_new_call                 GET  programme.slug                      L . O O . . . . . . .
calls:programme_applications        GET  programme.slug                      L . O O . . . O . . .
calls:programme_selection           GET  programme.slug                      L . O O . . . O . . .
calls:desk_call                     GET  open_call.slug                      L . O O O . O O O . .
calls:desk_basics                   GET  draft_call.slug                     L . O O . . . . . . .
calls:desk_texts                    GET  draft_call.slug                     L . O O . . . . . . .
calls:desk_questions                GET  draft_call.slug                     L . O O . . . . . . .
calls:desk_scoring                  GET  draft_call.slug                     L . O O . . . . . . .
calls:desk_preview                  GET  draft_call.slug                     L . O O . . . . . . .
calls:desk_publish                  POST draft_call.slug                     L . + + . . . . . . .
calls:desk_extend                   POST open_call.slug                      L . + + . . . . . . .
calls:desk_copy                     POST open_call.slug                      L . + + . . . . . . .
calls:desk_applications             GET  open_call.slug                      L . O O . . . O . . .
calls:desk_export                   GET  open_call.slug                      L . O O . . . O . . .
calls:desk_application              GET  submitted.pk                        L . O O . . . O . . .
calls:desk_shortlist                POST submitted.pk                        L . + + . . . . . . .
calls:desk_return                   POST submitted.pk                        L . + + . . . . . . .
calls:desk_decline                  POST submitted.pk                        L . + + . . . . . . .
calls:desk_assign_one               POST submitted.pk                        L . + + . . . . . . .
calls:desk_reviewers                GET  open_call.slug                      L . O O . . . O . . .
calls:desk_assign                   POST open_call.slug                      L . + + . . . . . . .
calls:desk_unassign                 POST review.pk                           L . + + . . . . . . .
calls:desk_selection                GET  done_call.slug                      L . O O . . . O . . .
calls:desk_decide                   POST open_call.slug                      L . + + . . . . . . .
calls:desk_change                   GET  done_call.slug,decision.pk          L . O O . . . . . . .
calls:desk_mails                    GET  done_call.slug                      L . O O . . . . . . .
calls:desk_release                  POST open_call.slug                      L . + + . . . . . . .
calls:desk_paper                    GET  done_call.slug                      L . O O . . . O . . .
calls:desk_withdraw_award           GET  award.pk                            L . O O . . . . . . .
calls:reviews                       GET  -                                   L O O O O O O O O O O
calls:review                        GET  review.pk                           L . . . . O . . . . .
calls:review_save                   POST review.pk                           U . . . . + . . . . .
calls:review_conflict               POST review.pk                           L . . . . + . . . . .
calls:public_calls                  GET  -                                   O O O O O O O O O O O
calls:public_call                   GET  open_call.slug                      O O O O O O O O O O O
calls:apply                         GET  open_call.slug                      L > > > > > > > > O O
calls:my_applications               GET  -                                   L O O O O O O O O O O
calls:my_application                GET  application.pk                      L . . . . . . . . O .
calls:my_application_edit           GET  draft.pk                            L . . . . . . . . O .
calls:my_application_autosave       POST draft.pk                            U . . . . . . . . + .
calls:my_application_submit         GET  draft.pk                            L . . . . . . . . O .
calls:my_application_withdraw       GET  draft.pk                            L . . . . . . . . O .
calls:my_award_accept               POST award.pk                            L . . . . . . . . + .
calls:my_award_withdraw             GET  award.pk                            L . . . . . . . . O .
programmes:list                     GET  -                                   L O O O O O O O O O O
programmes:new                      GET  -                                   L O O O . . . . . . .
programmes:settings                 GET  programme.slug                      L . O O O . O O O . .
programmes:edit                     GET  programme.slug                      L . O O . . . . . . .
programmes:new_statement            GET  programme.slug                      L . O O . . . . . . .
programmes:edit_statement           GET  programme.slug,statement.pk         L . O O . . . . . . .
programmes:delete_statement         POST programme.slug,statement.pk         L . + + . . . . . . .
programmes:strategies               GET  -                                   L O O O O . O O O . .
programmes:new_strategy             GET  -                                   L O O O . . . . . . .
programmes:edit_strategy            GET  strategy.pk                         L . O . . . . . . . .
programmes:new_project              GET  strategy.pk                         L . O . . . . . . . .
programmes:edit_project             GET  project.pk                          L . O . . . . . . . .
mailing:outbox                      GET  -                                   L O O O . . . . . . .
mailing:detail                      GET  mail.pk                             L . O . . . . . . . .
mailing:send                        POST mail.pk                             L . + . . . . . . . .
questions:sets                      GET  -                                   L O O O O O O O O O O
questions:set_new                   GET  -                                   L O O O . . . . . . .
questions:set                       GET  questions.pk                        L . O . . . . . . . .
questions:question_new              GET  questions.pk                        L . O . . . . . . . .
questions:set_copy                  POST questions.pk                        L . + . . . . . . . .
questions:set_preview               GET  questions.pk,ko                     L . O . . . . . . . .
questions:question_edit             GET  question.pk                         L . O . . . . . . . .
questions:question_move             POST question.pk                         L . + . . . . . . . .
questions:question_delete           POST question.pk                         L . + . . . . . . . .
questions:file                      GET  attachment.pk                       L . O O . O . O . O .
jobs:detail                         GET  job.pk                              L . O . . . . . . . .
organisations:my_firms              GET  -                                   L O O O O O O O O O O
organisations:firm_new              GET  -                                   L O O O O O O O O O O
organisations:firm                  GET  firm.slug                           L . . . . . . . . O .
organisations:member_add            POST firm.slug                           L . . . . . . . . + .
organisations:member_remove         POST firm.slug,firm_membership.pk        L . . . . . . . . + .
kit:styleguide                      GET  -                                   O O O O O O O O O O O
newsroom_feed                       GET  -                                   O O O O O O O O O O O
newsroom_picture                    GET  picture                             O O O O O O O O O O O
wagtailadmin_home                   GET  -                                   L . . . . . O . . . .
"""

#: Signing in, passkeys and sessions; how these behave is allauth's, that they are there and look right is ours.
ACCOUNTS = """
account_login                       GET  -                                   O > > > > > > > > > >
account_logout                      GET  -                                   > O O O O O O O O O O
account_inactive                    GET  -                                   O O O O O O O O O O O
account_signup                      GET  -                                   O > > > > > > > > > >
account_reauthenticate              GET  -                                   L ! ! ! ! ! ! ! ! ! !
account_email                       GET  -                                   L O O O O O O O O O O
account_email_verification_sent     GET  -                                   L > > > > > > > > > >
account_change_password             GET  -                                   L > > > > > > > > > >
account_set_password                GET  -                                   L O O O O O O O O O O
account_reset_password              GET  -                                   O O O O O O O O O O O
account_confirm_login_code          GET  -                                   L > > > > > > > > > >
account_confirm_password_reset_code GET  -                                   L L L L L L L L L L L
account_complete_password_reset     GET  -                                   > > > > > > > > > > >
account_password_reset_completed    GET  -                                   O O O O O O O O O O O
account_request_login_code          GET  -                                   O > > > > > > > > > >
mfa_index                           GET  -                                   L O O O O O O O O O O
mfa_authenticate                    GET  -                                   L > > > > > > > > > >
mfa_reauthenticate                  GET  -                                   L ! ! ! ! ! ! ! ! ! !
mfa_activate_totp                   GET  -                                   L O O O O O O O O O O
mfa_deactivate_totp                 GET  -                                   L . . . . . . . . . .
mfa_view_recovery_codes             GET  -                                   L . . . . . . . . . .
mfa_generate_recovery_codes         GET  -                                   L O O O O O O O O O O
mfa_download_recovery_codes         GET  -                                   L . . . . . . . . . .
mfa_list_webauthn                   GET  -                                   L O O O O O O O O O O
mfa_add_webauthn                    GET  -                                   L O O O O O O O O O O
mfa_reauthenticate_webauthn         GET  -                                   L ! ! ! ! ! ! ! ! ! !
mfa_remove_webauthn                 GET  1                                   L . . . . . . . . . .
mfa_edit_webauthn                   GET  1                                   L . . . . . . . . . .
mfa_login_webauthn                  GET  -                                   L > > > > > > > > > >
usersessions_list                   GET  -                                   L O O O O O O O O O O
"""

#: What a change needs to be told before it is made.
SENT = {"newsroom:take": {"host": "town"}}


@dataclass(frozen=True)
class Row:
    name: str
    method: str
    arguments: tuple[str, ...]
    outcomes: dict[str, str]

    def url(self, world: SimpleNamespace, language: str = "en") -> str:
        with translation.override(language):
            return reverse(self.name, args=[_value(world, path) for path in self.arguments])

    @property
    def is_page(self) -> bool:
        return self.method == "GET"


def _value(world: SimpleNamespace, path: str) -> Any:
    first, *names = path.split(".")
    return reduce(getattr, names, getattr(world, first)) if hasattr(world, first) else path


def _read(table: str) -> list[Row]:
    rows = []
    for line in table.strip().splitlines():
        name, method, arguments, *outcomes = line.split()
        given = () if arguments == "-" else tuple(arguments.split(","))
        rows.append(Row(name, method, given, dict(zip(ROLES, outcomes, strict=True))))
    return rows


TABLE = _read(PAGES)
ACCOUNT_PAGES = _read(ACCOUNTS)
