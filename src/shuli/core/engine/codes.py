"""Every code that a person may be shown as a sentence, with its parameters."""

REFUSALS = {
    "abstain_not_allowed": (),
    "activities_running": ("node",),
    "activity_not_startable": ("node", "possible"),  # node ids
    "acceptance_missing": ("from",),  # handed over: accept or decline first
    "already_copied": ("who",),
    "already_delegated": ("who",),
    "already_claimed": ("who",),
    "already_done": ("who",),
    "already_started": (),
    "case_not_running": ("status",),
    "condition_decides": ("condition",),  # the model says when the ad-hoc sub-process is complete
    "contributions_missing": ("who", "seats"),  # departments or people; keys of the seats
    "guard_failed": (
        "index",
        "message",
        "field",
        "expression",
    ),  # message: {zh, en}; problem where it has one
    "irreversible": ("nodes",),  # service tasks that cannot be undone
    "last_seat": (),
    "never_withdrawn": (),  # by the process's policy
    "no_people": (),
    "no_pool": ("node",),  # released, but only one person may do it
    "no_such_child": ("child",),
    "no_such_incident": ("incident",),
    "no_such_service_call": ("call",),
    "no_such_part": ("token",),
    "no_such_subscription": ("subscription",),
    "no_such_timer": ("timer",),
    "nobody_holds": (),
    "not_added": ("seat",),  # only a seat that somebody added can be removed
    "not_called": (),  # no case has called this one
    "not_candidate": ("pool",),
    "not_holder": ("holder",),
    "not_offered": (),
    "not_on_added_seat": (),  # who was asked cannot ask on
    "not_starter": ("starter",),
    "not_suspended": (),
    "not_your_turn": ("node",),  # in a sequence somebody else comes first
    "nothing_to_correct": (),
    "outputs_missing": ("documents",),  # keys
    "one_hop": ("who",),  # a substitute has no substitute
    "own_request": ("who",),  # nobody decides on their own request
    "reason_missing": (),
    "return_not_allowed": ("to", "possible"),  # node ids
    "rounds_exhausted": ("node", "limit"),
    "same_person": ("who",),
    "seat_exists": ("who",),
    "signature_missing": (),
    "case_not_closed": ("status",),
    "jump_not_possible": ("to", "reason"),  # reason: one of JUMP_REASONS
    "no_such_decision": ("visit",),
    "no_such_node": ("node",),
    "no_such_token": ("token",),
    "not_decider": ("who",),
    "successor_touched": ("nodes", "who"),  # somebody has worked on what followed
    "migration_impossible": ("nodes",),
    "migration_incomplete": ("nodes",),  # waiting places that the mapping leaves out
    "start_ambiguous": ("starts",),
    "start_not_found": ("starts",),
    "task_closed": ("seat",),
    "timer_not_due": ("timer", "due_at"),
    "unknown_person": ("who",),
    "urged_recently": ("at",),
    "verb_not_allowed": ("node", "verb"),  # by the node's policy
    "waits_for_others": ("who",),  # asked before, or delegated to
    "withdraw_not_allowed": ("who",),
}

JUMP_REASONS = (
    "branch_not_taken",  # the target's branch was not begun with this block
    "event",  # nobody can begin at a start or boundary event
    "join",  # a join of another block
    "many",  # inside an activity with several instances
    "side_path",  # into or out of a path that runs beside the main one
    "same_place",
    "unpaired",  # the target or the token stands between a fork and a join that do not pair
)

INCIDENTS = {
    "called_case_ended": ("process", "status"),
    "expression_error": ("expression", "problem", "error", "position", "values", "detail"),
    "join_never_completes": ("join",),
    "limit_unclear": ("reason", "about", "found"),
    "link_without_target": ("link",),
    "no_cancel_event": (),  # a cancel end outside of a transaction with a cancel event
    "no_condition_true": ("conditions", "values"),
    "no_event_behind": ("nodes",),
    "no_handler": (),  # one of service, decision, script, call
    "no_start": ("sub_process",),
    "nobody_to_assign": ("performer", "value"),
    "nobody_to_escalate_to": ("performer", "step"),
    "nobody_voted": ("visit",),
    "not_supported": ("element",),
    "policy_failed": ("rule", "reason"),  # reason: the code of a refusal
    "service_failed": ("service", "error"),  # and what the function says
    "too_many_tokens": ("limit",),
    "step_limit": ("limit", "node"),
}
