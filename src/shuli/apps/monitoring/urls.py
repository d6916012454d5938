from django.urls import path

from shuli.apps.monitoring import views
from shuli.apps.monitoring.alerting.urls import ALERTING
from shuli.apps.monitoring.appraisal.urls import APPRAISAL
from shuli.apps.monitoring.auditing.urls import AUDITING
from shuli.apps.monitoring.goals.urls import GOALS
from shuli.apps.monitoring.knowledge.urls import KNOWLEDGE
from shuli.apps.monitoring.own.urls import OWN
from shuli.apps.monitoring.remedies.urls import REMEDIES
from shuli.apps.monitoring.reporting.urls import REPORTING
from shuli.apps.monitoring.results.urls import RESULTS
from shuli.apps.monitoring.sources.urls import SOURCES
from shuli.apps.monitoring.survey.urls import SURVEY
from shuli.apps.monitoring.volumes.urls import VOLUMES

app_name = "monitoring"

urlpatterns = [
    path("monitor/", views.company, name="company"),
    path("monitor/cases/", views.cases, name="cases"),
    path("monitor/live/", views.live, name="live"),
    path("monitor/mine/", views.mine, name="mine"),
    path("monitor/figures.pdf", views.figures_pdf, name="figures_pdf"),
    path("monitor/figures.xlsx", views.figures_xlsx, name="figures_xlsx"),
    path("monitor/processes/<slug:key>/", views.process, name="process"),
    *ALERTING,
    *APPRAISAL,
    *AUDITING,
    *GOALS,
    *KNOWLEDGE,
    *REMEDIES,
    *OWN,
    *REPORTING,
    *RESULTS,
    *SOURCES,
    *SURVEY,
    *VOLUMES,
    # behind the head's day, which is no department's code
    path("monitor/departments/<slug:code>/", views.department, name="department"),
]
