"""Where the pages of goals are."""

from django.urls import path

from shuli.apps.monitoring.goals import views

GOALS = (
    path("monitor/goals/", views.goals, name="goals"),
    path("monitor/goals/mine/", views.my_goals, name="my_goals"),
    path("monitor/goals/new/", views.goal_form, name="goal_new"),
    path("monitor/goals/of/<int:goal>/", views.goal, name="goal"),
    path("monitor/goals/of/<int:goal>/edit/", views.goal_form, name="goal_edit"),
    path("monitor/goals/of/<int:goal>/publish/", views.publish, name="goal_publish"),
    path("monitor/goals/of/<int:goal>/read/", views.read, name="goal_read"),
    path("monitor/goals/of/<int:goal>/withdraw/", views.withdraw, name="goal_withdraw"),
)
