from django.db import migrations

# The three indicators of handbook 2 against their limits, and two early warnings.
RULES = (
    {"name": "节点按时完成率低于 95%", "name_en": "Node on-time rate below 95%", "kind": "threshold", "indicator": "on_time_rate",
     "per": "process", "period": "month", "side": "below", "limit": 0.95, "least": 10, "to_owner": True, "to_supervisor": True,
     "to_head": True, "in_digest": True},
    {"name": "满意度低于 90 分", "name_en": "Satisfaction below 90 points", "kind": "threshold", "indicator": "satisfaction",
     "per": "process", "period": "month", "side": "below", "limit": 90, "least": 5, "to_owner": True, "to_supervisor": True,
     "to_head": True, "in_digest": True},
    {"name": "一个季度违规超过 2 次", "name_en": "More than 2 violations in a quarter", "kind": "threshold", "indicator": "violations",
     "per": "department", "period": "quarter", "side": "above", "limit": 2, "least": 0, "to_owner": False, "to_supervisor": False,
     "to_head": True, "in_digest": False},
    {"name": "节点按时完成率连续 3 个月变差", "name_en": "Node on-time rate worse for 3 months", "kind": "trend",
     "indicator": "on_time_rate", "per": "process", "period": "month", "side": "below", "limit": 3, "least": 10, "to_owner": True,
     "to_supervisor": False, "to_head": False, "in_digest": True},
    {"name": "步骤很可能超时", "name_en": "A step is likely to be late", "kind": "lateness", "indicator": "", "per": "",
     "period": "day", "side": "above", "limit": 0.8, "least": 10, "to_owner": False, "to_supervisor": False, "to_head": True,
     "in_digest": True},
    {"name": "一个人的待办超过 30 项", "name_en": "Somebody has more than 30 open tasks", "kind": "overload", "indicator": "",
     "per": "person", "period": "day", "side": "above", "limit": 30, "least": 0, "to_owner": False, "to_supervisor": False,
     "to_head": True, "in_digest": True},
)


def ship(apps, _schema):
    rules = apps.get_model("monitoring", "AlertRule").objects
    for facts in RULES:
        rules.create(**facts)


class Migration(migrations.Migration):
    dependencies = [("monitoring", "0004_alerts")]
    operations = [migrations.RunPython(ship, migrations.RunPython.noop)]
