from django.urls import path, register_converter

from shuli.apps.cases.trials import views as trials
from shuli.apps.cases.views import (
    bulk,
    cases,
    exports,
    handover,
    outside,
    oversight,
    problems,
    starting,
    tasks,
    work,
)

app_name = "cases"


class Direction:
    """The part of an address that says which way a webhook goes."""

    regex = "in|out"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(Direction, "direction")

urlpatterns = [
    path("", work.my_work, name="my_work"),
    path("start/", starting.start_list, name="start_list"),
    path("start/<slug:key>/", starting.start, name="start"),
    path("start/<slug:key>/draft/", starting.start_draft, name="start_draft"),
    path("start/<slug:key>/state/", starting.start_state, name="start_state"),
    path("processes/<slug:key>/studio/try/", trials.try_out, name="try_out"),
    path("processes/<slug:key>/studio/try/step/", trials.try_step, name="try_step"),
    path("processes/<slug:key>/studio/try/state/", trials.try_state, name="try_state"),
    path("notifications/", work.notifications, name="notifications"),
    path("notifications/read/", work.read, name="read"),
    path("search/", work.search, name="search"),
    path("tasks/<int:pk>/", tasks.task, name="task"),
    path("tasks/<int:pk>/complete/", tasks.complete, name="complete"),
    path("tasks/<int:pk>/draft/", tasks.draft, name="draft"),
    path("tasks/<int:pk>/state/", tasks.state, name="state"),
    path("tasks/<int:pk>/claim/", tasks.claim, name="claim"),
    path("tasks/<int:pk>/release/", tasks.release, name="release"),
    path("tasks/<int:pk>/return/", tasks.return_task, name="return"),
    path("tasks/<int:pk>/transfer/", tasks.transfer, name="transfer"),
    path("tasks/<int:pk>/delegate/", tasks.delegate, name="delegate"),
    path("tasks/<int:pk>/signers/", tasks.add_signers, name="add_signers"),
    path("tasks/remove-signer/", tasks.remove_signer, name="remove_signer"),
    path("tasks/<int:pk>/accept/", tasks.accept, name="accept"),
    path("tasks/<int:pk>/decline/", tasks.decline, name="decline"),
    path("tasks/<int:pk>/urge/", tasks.urge, name="urge"),
    path("tasks/<int:pk>/take-back/", tasks.take_back, name="take_back"),
    path("tasks/<int:pk>/problem/", tasks.problem, name="problem"),
    path("cases/", cases.cases, name="cases"),
    path("cases/export/", exports.export, name="export"),
    path("cases/<str:number>/", cases.case, name="case"),
    path("cases/<str:number>/comment/", cases.comment, name="comment"),
    path("cases/<str:number>/attach/", cases.attach, name="attach"),
    path("cases/<str:number>/withdraw/", cases.withdraw, name="withdraw"),
    path("cases/<str:number>/urge/", cases.urge, name="urge_case"),
    path("cases/<str:number>/copies/", cases.copies, name="copies"),
    path("cases/<str:number>/reopen/", cases.reopen, name="reopen"),
    path("cases/<str:number>/suspend/", cases.suspend, name="suspend"),
    path("cases/<str:number>/resume/", cases.resume, name="resume"),
    path("cases/<str:number>/terminate/", cases.terminate, name="terminate"),
    path("cases/<str:number>/parts/<int:token>/start/", cases.start_activity, name="start_activity"),
    path("cases/<str:number>/parts/<int:token>/finish/", cases.finish_activities, name="finish_activities"),
    path("cases/<str:number>/incidents/<int:incident>/retry/", cases.retry, name="retry"),
    path("cases/<str:number>/forms/<int:record>/reveal/", cases.reveal, name="reveal"),
    path("cases/<str:number>/papers/<slug:document>/", cases.paper, name="paper"),
    path("cases/<str:number>/archive/", cases.archive, name="archive"),
    path("bulk/", bulk.runs, name="bulk_runs"),
    path("bulk/begin/", bulk.begin, name="bulk_begin"),
    path("bulk/<int:pk>/", bulk.run, name="bulk_run"),
    path("bulk/<int:pk>/stop/", bulk.stop, name="bulk_stop"),
    path("left-behind/", handover.unattended, name="unattended"),
    path("organisation/people/of/<str:username>/hand-over/", handover.hand_over, name="handover"),
    path("organisation/people/of/<str:username>/close/", handover.close_account, name="close_account"),
    path("hooks/<slug:name>", outside.receive, name="receive"),
    path("system/connections/", outside.connections, name="connections"),
    path("system/connections/in/new/", outside.new_in, name="new_hook_in"),
    path("system/connections/out/new/", outside.new_out, name="new_hook_out"),
    path("system/connections/programs/new/", outside.new_token, name="new_program"),
    path("system/connections/programs/<int:pk>/end/", outside.end_token, name="end_token"),
    path("system/connections/in/of/<slug:name>/", outside.hook_in, name="hook_in"),
    path("system/connections/out/of/<slug:name>/", outside.hook_out, name="hook_out"),
    path("system/connections/out/of/<slug:name>/again/", outside.send_again, name="send_all_again"),
    path(
        "system/connections/out/of/<slug:name>/again/<int:dispatch>/", outside.send_again, name="send_again"
    ),
    path(
        "system/connections/<direction:direction>/of/<slug:name>/switch/", outside.switch, name="switch_hook"
    ),
    path(
        "system/connections/<direction:direction>/of/<slug:name>/secret/",
        outside.new_secret,
        name="new_hook_secret",
    ),
    path("bulk/<int:pk>/undo/", oversight.undo, name="bulk_undo"),
    path("incidents/", oversight.incidents, name="incidents"),
    path("processes/<slug:key>/problem/", problems.step_problem, name="step_problem"),
    path("processes/<slug:key>/problems/", problems.step_problems, name="step_problems"),
    path("processes/<slug:key>/reveals/", oversight.reveals, name="reveals"),
    path("processes/<slug:key>/migration/", oversight.migration, name="migration"),
    path("processes/<slug:key>/migration/begin/", oversight.migrate, name="migrate"),
    path("system/jump/", oversight.jumps, name="jumps"),
    path("system/jump/<str:number>/", oversight.jump, name="jump"),
    path("system/clock/", work.clock_page, name="clock"),
]
