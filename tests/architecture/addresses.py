"""Every address of the site, filled with an object of the small world."""

from collections.abc import Iterator

from django.urls import NoReverseMatch, URLResolver, get_resolver, reverse

# url name (or its part before the first "_") -> attribute of World that fills <int:pk>
OBJECTS = {
    "campaigns:abbreviation_": "abbreviation",
    "campaigns:agreement_": "agreement",
    "campaigns:candidate_": "candidate",
    "campaigns:clipping_": "clipping",
    "campaigns:feed_": "feed",
    "campaigns:press_body_": "press_body",
    "campaigns:script_": "script",
    "campaigns:station_": "station",
    "channels:announce": "plan",
    "channels:channel_settings": "administrator",
    "channels:notice_": "notice",
    "channels:outlet_edit": "outlet",
    "channels:post_": "posting",
    "channels:reminder_": "assignment",
    "channels:rule_edit": "rule",
    "budgets:appraisal_file": "estimate",
    "budgets:budget_open": "plan",
    "budgets:plan_money": "plan",
    "budgets:task_money": "task",
    "budgets:estimate_begin": "budget",
    "budgets:estimate_list": "budget",
    "budgets:estimate_": "estimate",
    "budgets:payment_list": "budget",
    "budgets:commitment_list": "budget",
    "budgets:line_add": "estimate",
    "budgets:line_": "estimate_line",
    "budgets:commitment_add": "estimate_line",
    "budgets:payment_add": "estimate_line",
    "budgets:commitment_": "commitment",
    "budgets:payment_": "payment",
    "budgets:voucher_add": "payment",
    "budgets:voucher_": "voucher",
    "budgets:norm_": "norm",
    "budgets:ceiling_": "ceiling",
    "budgets:": "budget",
    "channels:notice_open": "notice",
    "channels:failed_delivery_list": "administrator",
    "channels:delivery_retry": "delivery",
    "core:calendar_change": "change",
    "core:day_": "day",
    "core:failed_work_": "failure",
    "core:job_": "job",
    "core:rule_": "rule",
    "api:answer-detail": "answer",
    "api:plan-detail": "plan",
    "connect:connections": "administrator",
    "connect:key_": "api_key",
    "connect:webhook_": "webhook",
    "api:task-detail": "task",
    "desk:briefing_": "pack",
    "desk:leadership_": "plan",
    "directory:agency_detail": "lead",
    "directory:agency_edit": "lead",
    "directory:agency_rename": "lead",
    "directory:alias_add": "lead",
    "directory:successor_record": "ended",
    "directory:name_remove": "name",
    "directory:group_detail": "group",
    "directory:group_edit": "group",
    "directory:member_add": "group",
    "directory:member_change": "member",
    "directory:member_remove": "member",
    "directory:reorganisation_detail": "reorganisation",
    "directory:network_": "network",
    "directory:network_member_add": "network",
    "directory:network_member_edit": "network_member",
    "directory:network_member_remove": "network_member",
    "directory:role_add": "officer",
    "directory:role_change": "membership",
    "directory:delegation_withdraw": "delegation",
    "directory:user_": "officer",
    "directory:decision_": "decision",
    "directory:act_add": "decision",
    "directory:body_add": "decision",
    "directory:act_": "act",
    "directory:people_move": "act",
    "desk:decision_": "decision",
    "desk:effect_list": "decision",
    "desk:work_share": "act",
    "desk:departure": "officer",
    "documents:document_": "document",
    "portal:event_": "event_page",
    "portal:site_": "portal_site",
    "documents:legal_": "legal",
    "documents:public_legal_": "legal",
    "documents:relation_add": "legal",
    "documents:relation_": "link",
    "plans:import_": "reading",
    "plans:proposal_add": "reading",
    "plans:proposal_": "proposal",
    "plans:plan_": "plan",
    "plans:task_list": "plan",
    "plans:assignment_list": "plan",
    "plans:duty_list": "plan",
    "plans:task_": "task",
    "plans:occurrence_add": "task",
    "plans:target_enter": "target",
    "plans:occurrence_step": "occurrence",
    "plans:request_step": "request",
    "plans:duty_": "duty",
    "plans:extension_step": "extension",
    "plans:explanation_give": "explanation",
    "plans:deliverable_": "deliverable",
    "plans:amendment_": "amendment",
    "plans:change_": "change",
    "plans:sub_plan_": "sub_plan",
    "plans:guidance_": "guidance",
    "plans:guidance_file": "guidance_file",
    "plans:receipt_step": "receipt",
    "plans:talk_": "talk",
    "plans:": "assignment",
    "portal:dispatch_": "dispatch",
    "portal:dispatch_add": "publication",
    "portal:dispatch_edit": "dispatch_draft",
    "portal:dispatch_line_add": "dispatch_draft",
    "portal:dispatch_line_remove": "dispatch_line",
    "portal:dispatch_step": "dispatch_draft",
    "portal:parcel_": "parcel",
    "portal:publication_": "publication",
    "portal:publication_desk_edit": "publication_draft",
    "portal:publication_download": "publication_file",
    "portal:publication_file_add": "publication_draft",
    "portal:publication_file_drop": "publication_draft_file",
    "portal:publication_file_fetch": "publication_file",
    "procedures:plan_proposals": "plan",
    "procedures:procedure_": "procedure",
    "procedures:version_": "version",
    "procedures:file_": "procedure_file",
    "procedures:public_file": "procedure_file",
    "procedures:proposal_": "proposal_to_tell",
    "procedures:import_": "procedure_import",
    "procedures:answer_": "clarity_answer",
    "portal:contribution_": "contribution",
    "portal:photo_": "photo",
    "portal:news_assignment_": "news_assignment",
    "portal:urgent_": "release",
    "portal:story_": "story",
    "portal:count_reading": "story",
    "portal:task_news": "task",
    "reports:round_open": "plan",
    "reports:plan_rounds": "plan",
    "reports:plan_rule": "plan",
    "reports:rule_": "rule",
    "reports:board_act": "report",
    "reports:report_extension_decide": "report_extension",
    "reports:task_reported": "task",
    "reports:sentence_add": "round",
    "reports:sentence_": "sentence",
    "reports:report_": "report",
    "reports:comment_add": "report",
    "reports:comment_": "comment",
    "reports:attachment_": "attachment",
    "reports:issue_list": "round",
    "reports:issue_": "issue",
    "reports:template_": "template",
    "reports:line_refresh": "report",
    "reports:": "round",
    "portal:task_public": "task",
    "portal:report_file": "issued_report",
    "portal:report_publish": "issued_report",
    "portal:report_take_back": "issued_report",
    "portal:plan_": "plan",
    "portal:public_": "plan",
    "portal:plan_opening_": "plan",
}
# further arguments of an address
ARGUMENTS = {
    **{f"api:case-{act}": {"code": "PA.1"} for act in ("detail", "draft", "identity", "status")},
    **{f"open311:{name}": {"form": "json"} for name in ("discovery", "requests", "services")},
    **{
        f"open311:{name}": {"form": "xml", "code": "khong-co"}
        for name in ("service", "request", "request_updates")
    },
    "open311:token": {"form": "json", "token": "khong-co"},
    "open311:nothing": {"rest": "v2/requests"},
    "campaigns:agreement_step": {"step": "end"},
    "campaigns:script_step": {"step": "check"},
    "desk:briefing_step": {"step": "approve"},
    "core:job_step": {"step": "give_up"},
    "desk:decision_step": {"step": "drop"},
    "channels:announce": {"kind": "plan"},
    "channels:announcement": {"kind": "plan"},
    "channels:overdue_of_kind": {"kind": "assignment"},
    "channels:post_step": {"step": "mark_posted"},
    "channels:reminder_list": {"kind": "assignment"},
    "channels:reminder_nudge": {"kind": "assignment"},
    "channels:reminder_record": {"kind": "assignment"},
    "budgets:appraisal_file": {"side": "content", "form": "xlsx"},
    "budgets:budget_file": {"form": "xlsx"},
    "budgets:budget_move": {"step": "consolidate"},
    "budgets:estimate_file": {"form": "xlsx"},
    "budgets:estimate_step": {"step": "settle"},
    "budgets:estimate_accept_rest": {"side": "content"},
    "budgets:line_appraise": {"side": "content"},
    "documents:legal_step": {"step": "unpublish"},
    "plans:proposal_add": {"kind": "task"},
    "plans:assignment_step": {"step": "hand_to_head"},
    "plans:occurrence_step": {"step": "hold"},
    "plans:request_step": {"step": "agree"},
    "plans:extension_step": {"step": "grant"},
    "plans:amendment_step": {"step": "issue"},
    "plans:amendment_change": {"kind": "add_duty"},
    "plans:guidance_step": {"step": "withdraw"},
    "plans:receipt_step": {"step": "acknowledge"},
    "portal:dispatch_step": {"step": "send"},
    "portal:publication_desk_step": {"step": "withdraw"},
    **{
        f"procedures:public_{page}": {"code": "1.000009"}
        for page in ("detail", "versions", "compare", "ask", "clear")
    },
    "procedures:public_file": {"code": "1.000009"},
    "procedures:public_version": {"code": "1.000009", "number": 1},
    "procedures:public_qr": {"code": "1.000009", "form": "svg"},
    "procedures:board_page": {"agency": "so-thu-tuc"},
    "procedures:board_pdf": {"agency": "so-thu-tuc"},
    "procedures:desk_edit": {"agency": "so-thu-tuc"},
    "procedures:version_step": {"step": "hand_to_head"},
    "procedures:proposal_step": {"step": "decline"},
    "portal:news_assignment_step": {"step": "cancel"},
    "portal:urgent_step": {"step": "approve"},
    "reports:round_step": {"step": "close"},
    "reports:rule_step": {"step": "stop"},
    "reports:board_act": {"what": "mien"},
    "reports:report_step": {"step": "hand_to_head"},
    "reports:consolidation_step": {"step": "hand_to_head"},
    "reports:consolidation_download": {"form": "docx"},
    "reports:report_download": {"form": "docx"},
    "reports:figure_detail": {"key": "tasks"},
    "reports:table_figure": {"table": "output", "row": "news"},
    "reports:comment_step": {"step": "resolve"},
    "reports:issue_download": {"form": "docx"},
    "directory:agency_export": {"kind": "csv"},
    "plans:calendar_feed": {"token": "forged"},
    "portal:site_map_section": {"section": "story"},
    "portal:story_atom_of": {"what": "tat-ca", "key": "0"},
    "portal:story_rss_of": {"what": "tat-ca", "key": "0"},
    "portal:public_file": {"name": "khong-co.webp"},
    "portal:dataset": {"name": "ke-hoach"},
    "portal:dataset_schema": {"name": "ke-hoach"},
    "portal:dataset_file": {"name": "ke-hoach", "form": "csv"},
}
# pages of the account library: theirs to test; here only those an own page or link leads to
ACCOUNT_PAGES = ("account_login", "account_logout", "account_signup", "account_reset_password", "mfa_index")


def names(resolver=None, namespaces=()) -> Iterator[str]:
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            if (pattern.namespace or "").startswith("wagtail"):
                continue  # the library's own pages; who may enter is asked in tests/portal
            inner = (*namespaces, pattern.namespace) if pattern.namespace else namespaces
            yield from names(pattern, inner)
        elif namespaces:
            yield ":".join((*namespaces, pattern.name))


def own_names() -> list[str]:
    return [*dict.fromkeys(names()), *ACCOUNT_PAGES]


def object_for(name, world):
    key = next(
        key
        for key in (name, *sorted(OBJECTS, key=len, reverse=True))
        if name.startswith(key) and key in OBJECTS
    )
    attribute = OBJECTS[key]
    return world.people[attribute] if attribute in world.people else getattr(world, attribute)


def address(name, world) -> str:
    extra = dict(ARGUMENTS.get(name, {}))
    if name == "reports:line_refresh":
        extra["line_pk"] = world.line.pk
    if name == "reports:report_figure":
        extra["figure_pk"] = world.figure.pk
    try:
        return reverse(name, kwargs=extra)
    except NoReverseMatch:
        return reverse(name, kwargs={"pk": object_for(name, world).pk, **extra})
