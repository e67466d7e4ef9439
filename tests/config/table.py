"""Who may open what: every address of the site, every role.

Columns, from the left: anonymous, stranger (an officer of another host), officer, operator (of the agency to which the
programme is delegated), finance, reviewer, editor, auditor, administrator, maker, other (a maker of another firm, who
also acts for a provider of services).

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
certification_did                   GET  signing_host                        O O O O O O O O O O O
certification_status                GET  signing_host,suspension             O O O O O O O O O O O
certification_signed                GET  certificate.number                  O O O O O O O O O O O
certification_badge                 GET  badge.award.pk                      O O O O O O O O O O O
certification_badge_qr              GET  badge.award.pk                      O O O O O O O O O O O
certification_standalone            GET  -                                   O O O O O O O O O O O
certification_sample_mark           GET  scheme.slug                         O O O O O O O O O O O
certification_mark                  GET  certificate.number                  O O O O O O O O O O O
certification_qr                    GET  certificate.number                  O O O O O O O O O O O
certification:register              GET  -                                   O O O O O O O O O O O
certification:verify                GET  -                                   O O O O O O O O O O O
certification:offline               GET  -                                   O O O O O O O O O O O
certification:scheme                GET  scheme.slug                         O O O O O O O O O O O
certification:mark_rules            GET  scheme.slug                         O O O O O O O O O O O
certification:firm                  GET  firm.slug                           O O O O O O O O O O O
certification:badge                 GET  badge.award.pk                      O O O O O O O O O O O
certification:badge_paper           GET  badge.award.pk,card                 O O O O O O O O O O O
certification:certificate           GET  certificate.number                  O O O O O O O O O O O
certification:complain              GET  certificate.number                  O O O O O O O O O O O
certification:paper                 GET  certificate.number,card             O O O O O O O O O O O
certification:my_cases              GET  -                                   L O O O O O O O O O O
certification:apply                 POST scheme.slug                         L + + + + + + + + + +
certification:my_case               GET  case.pk                             L . . . . . . . . O .
certification:my_deed               GET  case.pk,renew                       L . . . . . . . . O .
certification:badges                GET  programme.slug                      L . O O . . . O . . .
certification:badge_take_back       GET  badge.award.pk                      L . O O . . . . . . .
certification:cases                 GET  -                                   L O O O . . . O . . .
certification:impartiality          GET  -                                   L O O O . . . O . . .
certification:desk_scheme           GET  scheme.slug                         L . O O . . . O . . .
certification:scheme_begin          POST scheme.slug                         L . + + . . . . . . .
certification:scheme_publish        POST scheme.slug                         L . + + . . . . . . .
certification:criterion             GET  criterion.pk                        L . O O . . . . . . .
certification:limit_new             GET  criterion.pk                        L . O O . . . . . . .
certification:limit                 GET  limit.pk                            L . O O . . . . . . .
certification:limit_remove          POST limit.pk                            L . + + . . . . . . .
certification:case                  GET  case.pk                             L . O O . . . O . . .
certification:deed                  GET  case.pk,decide                      L . O O . . . . . . .
catalogue:public                    GET  -                                   O O O O O O O O O O O
catalogue:product                   GET  product.pk                          O O O O O O O O O O O
catalogue:firm                      GET  firm.slug                           O O O O O O O O O O O
catalogue:picture                   GET  draft_photo.pk,small                . . O O O . O O O O .
catalogue:my_products               GET  -                                   L O O O O O O O O O O
catalogue:new                       GET  firm.slug                           L . O O . . . . . O .
catalogue:import                    GET  -                                   L . O O . . . . . O O
catalogue:import_enter              POST -                                   L . . . . . . . . . .
catalogue:import_template           GET  -                                   L . O O . . . . . O O
catalogue:edit                      GET  product.pk                          L . O O . . . . . O .
catalogue:preview                   GET  draft_product.pk                    L . O O . . . . . O .
catalogue:publishing                GET  draft_product.pk                    L . O O . . . . . O .
catalogue:move                      POST product.pk                          L . + + . . . . . + .
catalogue:photos                    GET  product.pk                          L . O O . . . . . O .
catalogue:coverages                 GET  product.pk                          L . O O . . . . . O .
catalogue:photo_words               POST draft_photo.pk                      L . + + . . . . . + .
catalogue:photo_move                POST draft_photo.pk                      L . + + . . . . . + .
catalogue:photo_remove              POST draft_photo.pk                      L . + + . . . . . + .
catalogue:photo_back                POST draft_photo.pk                      L . + + . . . . . + .
catalogue:desk                      GET  -                                   L O O O O . O O O . .
catalogue:export                    GET  -                                   L O O O O . O O O . .
catalogue:to_confirm                GET  -                                   L O O O . . . . . . .
catalogue:answer                    GET  coverage.pk                         L . O O . . . . . . .
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
floor:app                           GET  -                                   O O O O O O O O O O O
floor:app_worker                    GET  -                                   O O O O O O O O O O O
floor:app_manifest                  GET  -                                   O O O O O O O O O O O
floor:app_hello                     POST -                                   U + + + + + + + + + +
floor:app_sync                      POST -                                   U + + + + + + + + + +
floor:app_photo                     POST talk.pk                             U . . . . . . . . . .
floor:my_phones                     GET  -                                   L O O O O O O O O O O
floor:my_phone_sign_out             POST phone.pk                            L . . . . . . . . + .
floor:my_decisions                  GET  programme.slug                      L . . . . . . . . O .
floor:my_decide                     POST programme.slug,conflict.pk          L . . . . . . . . + .
floor:my_log                        GET  programme.slug                      L . . . . . . . . O .
floor:my_consultation               GET  programme.slug,talk.pk              L . . . . . . . . O .
floor:my_withdraw                   POST programme.slug,talk.pk              L . . . . . . . . + .
floor:my_restore                    POST programme.slug,talk.pk              L . . . . . . . . + .
floor:my_stage                      POST programme.slug,talk.pk              L . . . . . . . . + .
floor:my_confirm                    POST programme.slug,talk.pk,record.pk    L . . . . . . . . + .
floor:my_evidence                   POST programme.slug,talk.pk,record.pk    L . . . . . . . . + .
floor:wins                          GET  programme.slug                      L . O O O . O O O . .
floor:win_ask                       POST programme.slug,record.pk            L . + + . . . . . . .
floor:win_evidence                  POST programme.slug,record.pk            L . + + . . . . . . .
floor:win_check                     POST programme.slug,record.pk            L . + + . . . . . . .
floor:win                           GET  win_token                           O O O O O O O O O O O
floor:win_fresh                     POST win_token                           + + + + + + + + + + +
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
floor:board                         GET  programme.slug                      L . O O O . O O O . .
floor:calls                         GET  programme.slug                      L . O O O . O O O . .
floor:call                          POST programme.slug,follow_up.pk         L . + + . . . . . . .
floor:answer_save                   POST follow_up_token                     + + + + + + + + + + +
floor:answer                        GET  follow_up_token                     O O O O O O O O O O O
floor:answer_done                   GET  follow_up_token                     O O O O O O O O O O O
matchmaking:desk                    GET  programme.slug                      L . O O O . O O O . .
matchmaking:set_up                  GET  programme.slug                      L . O O . . . . . . .
matchmaking:take_over               POST programme.slug                      L . + + . . . . . . .
matchmaking:new_buyer               GET  programme.slug                      L . O O . . . . . . .
matchmaking:invite_all              POST programme.slug                      L . + + . . . . . . .
matchmaking:remind                  GET  programme.slug                      L . O O . . . . . . .
matchmaking:hosting                 GET  programme.slug,buyer.pk             L . O O . . . . . . .
matchmaking:directory               GET  -                                   L O O O O . O O O . .
matchmaking:buyers_import           GET  -                                   L O O O . . . . . . .
matchmaking:buyers_preview          GET  buyers_file.pk                      L . O . . . . . . . .
matchmaking:doubles                 GET  -                                   L O O O . . . . . . .
matchmaking:unmerge                 POST merge.pk                            L . + . . . . . . . .
matchmaking:merge                   POST -                                   L . . . . . . . . . .
matchmaking:directory_invite        POST buyer_record.pk                     L . . . . . . . . . .
matchmaking:buyer_hosting           POST buyer_token                         + + + + + + + + + + +
matchmaking:buyer_share             POST buyer_token                         + + + + + + + + + + +
matchmaking:fairday                 GET  programme.slug                      L . O O O . O O O . .
matchmaking:fairday_live            GET  programme.slug                      L . O O O . O O O . .
matchmaking:check_in                POST programme.slug,buyer.pk             L . + + . . . . . . .
matchmaking:badge                   GET  programme.slug,party_badge          L . O O . . . . . . .
matchmaking:outcome                 POST programme.slug,meeting.pk           L . + + . . . . . . .
matchmaking:meeting_link            POST programme.slug,meeting.pk           L . + + . . . . . . .
matchmaking:ad_hoc                  POST programme.slug                      L . + + . . . . . . .
matchmaking:swap                    POST programme.slug                      L . + + . . . . . . .
matchmaking:interpreters            GET  programme.slug                      L . O O . . . . . . .
matchmaking:new_interpreter         GET  programme.slug                      L . O O . . . . . . .
matchmaking:interpreter             GET  programme.slug,interpreter.pk       L . O O . . . . . . .
matchmaking:interpreter_link        POST programme.slug,interpreter.pk       L . + + . . . . . . .
matchmaking:interpreter_cost        POST programme.slug                      L . + + . . . . . . .
matchmaking:interpreter_own         GET  interpreter_token                   O O O O O O O O O O O
matchmaking:my_live                 GET  programme.slug                      L . . . . . . . . O .
matchmaking:my_qr                   GET  programme.slug                      L . . . . . . . . O .
matchmaking:my_late                 POST programme.slug,meeting.uid          L . . . . . . . . + .
matchmaking:buyer_live              GET  buyer_token                         O O O O O O O O O O O
matchmaking:buyer_qr                GET  buyer_token                         O O O O O O O O O O O
matchmaking:buyer_late              POST buyer_token,meeting.uid             + + + + + + + + + + +
matchmaking:wishes                  GET  programme.slug,buyer.pk             L . O O . . . . . . .
matchmaking:apart                   GET  programme.slug                      L . O O . . . . . . .
matchmaking:let_meet                POST programme.slug,block.pk             L . + + . . . . . . .
matchmaking:my_profile              GET  programme.slug,buyer.pk             L . . . . . . . . O .
matchmaking:buyer_profile           GET  buyer_token,firm_party.pk           O O O O O O O O O O O
matchmaking:edit_party              GET  programme.slug,buyer.pk             L . O O . . . . . . .
matchmaking:invite                  POST programme.slug,buyer.pk             L . + + . . . . . . .
matchmaking:set_state               POST programme.slug,buyer.pk             L . + + . . . . . . .
matchmaking:timetable               GET  programme.slug                      L . O O O . O O O . .
matchmaking:compute                 POST programme.slug                      L . + + . . . . . . .
matchmaking:runs                    GET  programme.slug                      L . O O O . O O O . .
matchmaking:runs_live               GET  programme.slug                      L . O O O . O O O . .
matchmaking:stop_run                POST programme.slug,run.pk               L . + + . . . . . . .
matchmaking:board_check             GET  programme.slug,plan.pk,meeting.pair L . O O . . . . . . .
matchmaking:board_place             GET  programme.slug,plan.pk,meeting.pair L . O O . . . . . . .
matchmaking:board_change            POST programme.slug,plan.pk              L . + + . . . . . . .
matchmaking:copy_timetable          POST programme.slug,plan.pk              L . + + . . . . . . .
matchmaking:discard_timetable       POST programme.slug,plan.pk              L . + + . . . . . . .
matchmaking:label_timetable         POST programme.slug,plan.pk              L . + + . . . . . . .
matchmaking:signs                   GET  programme.slug,timetable.pk         L . O O O . O O O . .
matchmaking:doors                   GET  programme.slug,timetable.pk         L . O O O . O O O . .
matchmaking:find_offers             POST programme.slug                      L . + + . . . . . . .
matchmaking:make_offer              POST programme.slug,offered.pk           L . + + . . . . . . .
matchmaking:my_confirm              POST programme.slug                      L . . . . . . . . + .
matchmaking:my_offer                POST programme.slug,offered.pk           L . . . . . . . . + .
matchmaking:my_pocket               GET  programme.slug                      L . . . . . . . . O .
matchmaking:buyer_confirm           POST buyer_token                         + + + + + + + + + + +
matchmaking:buyer_offer             POST buyer_token,offered.pk              + + + + + + + + + + +
matchmaking:buyer_pocket            GET  buyer_token                         O O O O O O O O O O O
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
funding:send_back                   POST programme.slug,claimed.pk           L . + + + . . . . . .
funding:reverse                     POST programme.slug,claimed.pk           L . . . + . . . . . .
funding:overrule                    POST programme.slug,claimed.pk           L . + + + . . . . . .
funding:confirm                     POST programme.slug,claimed.pk           L . . . + . . . . . .
funding:check_firm                  POST programme.slug,firm.slug            L . + + + . . . . . .
funding:rule_new                    GET  programme.slug,item.pk              L . O O O . . . . . .
funding:rule                        GET  programme.slug,item.pk,money_rule.pk L . O O O . . . . . .
funding:rule_remove                 POST programme.slug,item.pk,money_rule.pk L . + + + . . . . . .
funding:terms                       GET  programme.slug                      L . O O O . . . . . .
funding:settlement                  POST programme.slug                      L . + + + . . + . . .
funding:settlement_ready            GET  programme.slug,bundle               L . O O O . . O . . .
funding:settlement_file             GET  programme.slug,bundle               L . O O O . . O . . .
funding:source_balance              GET  programme.slug,source.pk            L . O O O . . O . . .
funding:past                        GET  programme.slug                      L . O O O . . O . . .
funding:past_import                 POST programme.slug                      L . . . . . . . . . .
funding:plan                        GET  programme.slug                      L . O O O . . O . . .
funding:item_plan                   GET  programme.slug,item.pk              L . O O O . . . . . .
funding:ledger                      GET  programme.slug                      L . O O O . . O . . .
funding:transfer_new                GET  programme.slug                      L . O O O . . . . . .
funding:transfer_decide             POST programme.slug,transfer.pk          L . . . + . . . . . .
funding:my_support                  GET  -                                   L O O O O O O O O O O
funding:my_claim                    GET  promised.pk                         L . . . . . . . . O .
funding:my_claim_new                GET  account.pk,item.pk                  L . . . . . . . . O .
funding:vouchers                    GET  programme.slug                      L . O O O . . O . . .
funding:voucher_terms               GET  programme.slug                      L . O O O . . . . . .
funding:voucher_issue               GET  programme.slug                      L . O O O . . . . . .
funding:voucher_bookings            GET  programme.slug                      L . O O O . . O . . .
funding:voucher_booking             GET  programme.slug,booking.pk           L . O O O . . O . . .
funding:voucher_booking_cancel      POST programme.slug,booking.pk           L . + + + . . . . . .
funding:vouchers_xlsx               GET  programme.slug                      L . O O O . . O . . .
funding:voucher                     GET  programme.slug,voucher.pk           L . O O O . . O . . .
funding:voucher_act                 POST programme.slug,voucher.pk,extend    L . + + + . . . . . .
funding:providers                   GET  -                                   L O O O O . . O . . .
funding:provider_new                GET  -                                   L O O O O . . . . . .
funding:provider                    GET  provider.pk                         L O O O O . . O . . .
funding:provider_decide             POST provider.pk,approve                 L + + + + . . . . . .
funding:my_vouchers                 GET  -                                   L O O O O O O O O O O
funding:my_voucher                  GET  voucher.pk                          L . . . . . . . . O .
funding:my_providers                GET  voucher.pk                          L . . . . . . . . > .
funding:my_request                  GET  quote_request.pk                    L . . . . . . . . O .
funding:my_request_close            POST quote_request.pk                    L . . . . . . . . + .
funding:my_book                     POST quote.pk                            L . . . . . . . . + .
funding:my_booking                  GET  booking.pk                          L . . . . . . . . O .
funding:my_booking_act              POST booking.pk,accept                   L . . . . . . . . + .
funding:provider_home               GET  -                                   L O O O O O O O O O O
funding:provider_quote              GET  quote.pk                            L . . . . . . . . . O
funding:provider_quote_decline      POST quote.pk                            L . . . . . . . . . +
funding:provider_booking            GET  booking.pk                          L . . . . . . . . . O
funding:provider_booking_act        POST booking.pk,confirm                  L . . . . . . . . . +
funding:provider_profile            GET  provider.pk                         L . . . . . . . . . O
funding:grants                      GET  -                                   L O O O O . . O . . .
funding:grant_new                   GET  -                                   L O O O O . . . . . .
funding:grant                       GET  grant.pk                            L . O . O . . . . . .
funding:grant_history               GET  grant.pk                            L . O . O . . O . . .
funding:grant_document              POST grant.pk                            L . + . + . . . . . .
calls:desk_calls                    GET  programme.slug                      L . O O O . O O O . .
calls:desk_new_call                 GET  programme.slug                      L . O O . . . . . . .
calls:programme_applications        GET  programme.slug                      L . O O . . . O . . .
calls:programme_selection           GET  programme.slug                      L . O O . . . O . . .
calls:desk_call                     GET  open_call.slug                      L . O O O . O O O . .
calls:desk_basics                   GET  draft_call.slug                     L . O O . . . . . . .
calls:desk_texts                    GET  draft_call.slug                     L . O O . . . . . . .
calls:desk_file_add                 POST draft_call.slug                     L . + + . . . . . . .
calls:desk_file_remove              POST draft_call.slug,call_file.pk        L . + + . . . . . . .
calls:desk_eligibility              GET  draft_call.slug                     L . O O . . . . . . .
calls:desk_rule_add                 GET  draft_call.slug,region              L . O O . . . . . . .
calls:desk_rule                     GET  draft_call.slug,rule.pk             L . O O . . . . . . .
calls:desk_rule_remove              POST draft_call.slug,rule.pk             L . + + . . . . . . .
calls:desk_questions                GET  draft_call.slug                     L . O O . . . . . . .
calls:desk_stages                   GET  draft_call.slug                     L . O O . . . . . . .
calls:desk_stage_add                POST draft_call.slug                     L . + + . . . . . . .
calls:desk_stage_edit               GET  draft_call.slug,draft_stage.pk      L . O O . . . . . . .
calls:desk_stage_move               POST draft_call.slug,draft_stage.pk      L . + + . . . . . . .
calls:desk_stage_remove             POST draft_call.slug,draft_stage.pk      L . + + . . . . . . .
calls:desk_scoring                  GET  draft_call.slug                     L . O O . . . . . . .
calls:desk_preview                  GET  draft_call.slug                     L . O O . . . . . . .
calls:desk_publish                  POST draft_call.slug                     L . + + . . . . . . .
calls:desk_extend                   POST open_call.slug                      L . + + . . . . . . .
calls:desk_copy                     POST open_call.slug                      L . + + . . . . . . .
calls:desk_applications             GET  open_call.slug                      L . O O . . . O . . .
calls:desk_entering                 GET  open_call.slug                      L . O O . . . . . . .
calls:desk_entering_template        GET  open_call.slug                      L . O O . . . . . . .
calls:desk_enter                    POST open_call.slug                      L . . . . . . . . . .
calls:desk_export                   GET  open_call.slug                      L . O O . . . O . . .
calls:desk_application              GET  submitted.pk                        L . O O . . . O . . .
calls:desk_overrule                 GET  submitted.pk,open_rule.pk           L . O O . . . . . . .
calls:desk_excuse                   GET  withdrawn_award.pk                  L . O O . . . . . . .
calls:desk_shortlist                POST submitted.pk                        L . + + . . . . . . .
calls:desk_return                   POST submitted.pk                        L . + + . . . . . . .
calls:desk_more_time                POST submitted.pk                        L . + + . . . . . . .
calls:desk_decline                  POST submitted.pk                        L . + + . . . . . . .
calls:desk_assign_one               POST submitted.pk                        L . + + . . . . . . .
calls:desk_reviewers                GET  open_call.slug                      L . O O . . . O . . .
calls:desk_assign                   POST open_call.slug                      L . + + . . . . . . .
calls:desk_remind                   POST open_call.slug                      L . + + . . . . . . .
calls:desk_stage                    GET  open_stage.pk                       L . O O . . . O . . .
calls:desk_stage_close              POST open_stage.pk                       L . + + . . . . . . .
calls:desk_stage_change             POST submitted.pk                        L . + + . . . . . . .
calls:desk_order                    GET  interview.pk                        L . O O . . . O . . .
calls:desk_order_plan               POST interview.pk                        L . + + . . . . . . .
calls:desk_order_publish            POST interview.pk                        L . + + . . . . . . .
calls:desk_order_sheet              GET  interview.pk                        L . O O . . . O . . .
calls:desk_unassign                 POST review.pk                           L . + + . . . . . . .
calls:desk_selection                GET  done_call.slug                      L . O O . . . O . . .
calls:desk_decide                   GET  open_call.slug                      L . O O . . . . . . .
calls:desk_change                   GET  done_call.slug,decision.pk          L . O O . . . . . . .
calls:desk_mails                    GET  done_call.slug                      L . O O . . . . . . .
calls:desk_release                  POST open_call.slug                      L . + + . . . . . . .
calls:desk_paper                    GET  done_call.slug                      L . O O . . . O . . .
calls:desk_scenarios                GET  done_call.slug                      L . O O . . . O . . .
calls:desk_scenario_save            POST done_call.slug                      L . + + . . . . . . .
calls:desk_scenario_none            GET  done_call.slug                      L . O O . . . . . . .
calls:desk_scenario                 GET  done_call.slug,scenario.pk          L . O O . . . . . . .
calls:desk_scenario_delete          POST done_call.slug,scenario.pk          L . + + . . . . . . .
calls:desk_seed                     POST open_call.slug                      L . + + . . . . . . .
calls:desk_undo                     POST open_call.slug                      L . + + . . . . . . .
calls:desk_change_many              GET  done_call.slug                      L . > > . . . . . . .
calls:desk_letter                   GET  open_call.slug,selected             L . O O . . . . . . .
calls:desk_letter_delete            POST open_call.slug,selected             L . + + . . . . . . .
calls:desk_plan                     POST open_call.slug                      L . + + . . . . . . .
calls:desk_paper_start              POST done_call.slug                      L . + + . . . + . . .
calls:desk_paper_file               GET  done_call.slug,paper_job            L . O O . . . O . . .
calls:desk_objections               GET  done_call.slug                      L . O O . . . O . . .
calls:desk_objection                GET  objection.pk                        L . O O . . . . . . .
calls:desk_withdraw_award           GET  award.pk                            L . O O . . . . . . .
calls:reviews                       GET  -                                   L O O O O O O O O O O
calls:declaration                   GET  -                                   L O O O O O O O O O O
calls:review_compare                GET  -                                   L > > > > > > > > > >
calls:review                        GET  review.pk                           L . . . . O . . . . .
calls:review_save                   POST review.pk                           U . . . . + . . . . .
calls:review_conflict               POST review.pk                           L . . . . + . . . . .
calls:public_calls                  GET  -                                   O O O O O O O O O O O
calls:public_call                   GET  open_call.slug                      O O O O O O O O O O O
calls:public_file                   GET  open_call.slug,open_file.pk         O O O O O O O O O O O
calls:public_feed                   GET  -                                   O O O O O O O O O O O
calls:public_json                   GET  -                                   O O O O O O O O O O O
calls:public_calendar               GET  -                                   O O O O O O O O O O O
calls:public_call_calendar          GET  open_call.slug                      O O O O O O O O O O O
calls:public_picture                GET  open_call.slug                      O O O O O O O O O O O
calls:public_results                GET  open_call.slug                      . . . . . . . . . . .
calls:apply                         GET  open_call.slug                      L > > > > > > > > O O
calls:my_applications               GET  -                                   L O O O O O O O O O O
calls:my_application                GET  application.pk                      L . . . . . . . . O .
calls:my_application_edit           GET  draft.pk                            L . . . . . . . . O .
calls:my_application_autosave       POST draft.pk                            U . . . . . . . . + .
calls:my_application_upload         POST draft.pk                            U . . . . . . . . . .
calls:my_receipt                    GET  application.pk,1                    L . . . . . . . . O .
calls:desk_receipt                  GET  submitted.pk,1                      L . O O . . . O . . .
calls:receipt_check                 GET  -                                   O O O O O O O O O O O
calls:my_team                       GET  draft.pk                            L . . . . . . . . O .
calls:my_team_remind                POST team_draft.pk,member.pk             L . . . . . . . . + .
calls:my_team_remove                POST team_draft.pk,member.pk             L . . . . . . . . + .
calls:team_answer                   GET  team_token                          O O O O O O O O O O O
calls:my_day                        GET  appearing.pk                        L . . . . . . . . O .
calls:my_application_submit         GET  draft.pk                            L . . . . . . . . O .
calls:my_application_withdraw       GET  draft.pk                            L . . . . . . . . O .
calls:my_objection                  GET  application.pk                      L . . . . . . . . O .
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
terminology:dictionary              GET  -                                       O O O O O O O O O O O
terminology:index                   GET  -                                       O O O O O O O O O O O
terminology:suggest                 GET  -                                       O O O O O O O O O O O
terminology:embed                   GET  -                                       O O O O O O O O O O O
terminology:downloads               GET  -                                       O O O O O O O O O O O
terminology:published               GET  csv                                     O O O O O O O O O O O
terminology:ask                     POST json                                    + + + + + + + + + + +
dictionary_picture                  GET  term_picture.digest                     O O O O O O O O O O O
terminology:card                    GET  gem.code                                O O O O O O O O O O O
terminology:concept                 GET  gem.code                                O O O O O O O O O O O
terminology:desk                    GET  -                                       L O O . . . O . O . .
terminology:desk_new                GET  -                                       L O O . . . O . O . .
terminology:checks                  GET  -                                       L O O . . . O . O . .
terminology:meeting                 GET  -                                       L O O . . . O . O . .
terminology:inbox                   GET  -                                       L O O . . . O . O . .
terminology:answer                  POST suggestion.pk                           L + + . . . + . + . .
terminology:writing                 POST -                                       L + + + + . + + + + +
terminology:avoid                   GET  -                                       L O O . . . O . O . .
terminology:import                  GET  -                                       L O O . . . O . O . .
terminology:take                    POST -                                       L + + . . . + . + . .
terminology:export                  GET  -                                       L O O . . . O . O . .
terminology:download                GET  csv                                     L O O . . . O . O . .
terminology:proposal                GET  proposal.pk                             L O O . . . O . O . .
terminology:review                  POST proposal.pk                             L + + . . . + . + . .
terminology:approve                 POST proposal.pk                             L + + . . . . . + . .
terminology:return                  POST proposal.pk                             L + + . . . + . + . .
terminology:undo                    POST approved_proposal.pk                    L + + . . . . . + . .
terminology:desk_concept            GET  gem.pk                                  L O O . . . O . O . .
terminology:desk_frame              GET  gem.pk                                  L O O . . . O . O . .
terminology:desk_section            GET  gem.pk,ko                               L O O . . . O . O . .
terminology:discuss                 POST gem.pk                                  L + + . . . + . + . .
api:openapi-json                    GET  -                                       O O O O O O O O O O O
api:api-root                        GET  -                                       . . . . . . . . . . .
api:search                          GET  -                                       O O O O O O O O O O O
api:concept                         GET  gem.code                                O O O O O O O O O O O
api:products                        GET  -                                       O O O O O O O O O O O
api:product                         GET  product.pk                              O O O O O O O O O O O
api:words                           GET  -                                       O O O O O O O O O O O
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
questions:upload                    GET  upload.pk                           U . . . . . . . . O .
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
SENT = {"newsroom:take": {"host": "town"}, "matchmaking:board_change": {"do": "undo"}}


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
