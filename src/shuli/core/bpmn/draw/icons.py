"""The signs inside events, tasks and gateways, as paths around (0, 0); ours, drawn after the shapes of the standard.

An event's sign lies in a square of 20, a task's in one of 16. `filled` is its form where it throws.
"""

from collections.abc import Mapping

from msgspec import Struct


class Icon(Struct, frozen=True, kw_only=True):
    path: str
    # Strokes over a filled sign, in the colour of what lies below: the flap of a filled envelope.
    over: str = ""
    always_filled: bool = False
    width: float = 1.3


ENVELOPE = "M-8-5.5h16v11h-16z"
FLAP = "M-8-5.5L0 1L8-5.5"

EVENTS: Mapping[str, Icon] = {
    "message": Icon(path=ENVELOPE, over=FLAP),
    "timer": Icon(
        path="M0-8.5a8.5 8.5 0 1 0 0.01 0zM0-5v5l3.6 2.4M0-8.5v1.6M8.5 0h-1.6M0 8.5v-1.6M-8.5 0h1.6"
    ),
    "signal": Icon(path="M0-7.6L8 6.2H-8z"),
    "error": Icon(path="M-8 7.2L-2.8-6.4L2.2 1.6L8-7.4L2.9 7.2L-2.4-0.6z"),
    "escalation": Icon(path="M0-8L5.8 7.4L0 1.4L-5.8 7.4z"),
    "conditional": Icon(path="M-6-7.8h12v15.6h-12zM-3.6-4.4h7.2M-3.6-1.5h7.2M-3.6 1.5h7.2M-3.6 4.4h7.2"),
    "link": Icon(path="M-7.6-3.2h8v-3.8L8 0L0.4 7v-3.8h-8z"),
    "compensation": Icon(path="M-0.4-5.6v11.2L-8 0zM7.2-5.6v11.2L-0.4 0z"),
    "cancel": Icon(path="M-6.6-4L-4-6.6L0-2.6L4-6.6L6.6-4L2.6 0L6.6 4L4 6.6L0 2.6L-4 6.6L-6.6 4L-2.6 0z"),
    "terminate": Icon(path="M0-8.6a8.6 8.6 0 1 0 0.01 0z", always_filled=True),
    "multiple": Icon(path="M0-8L7.8-2.3L4.8 6.8H-4.8L-7.8-2.3z"),
    "parallel_multiple": Icon(path="M-2.2-7.6h4.4v5.4h5.4v4.4h-5.4v5.4h-4.4v-5.4h-5.4v-4.4h5.4z"),
}

TASKS: Mapping[str, Icon] = {
    "user_task": Icon(path="M0-7a3.4 3.4 0 1 0 0.01 0zM-6.4 7.2c0-4.4 2.6-6.4 6.4-6.4s6.4 2 6.4 6.4z"),
    "manual_task": Icon(
        path="M-7.2-0.6C-5-3.4-3.4-5.4-1.6-5.4h2.2c1.2 0 1.2 1.9 0 1.9h-1.6h7.2c1.3 0 1.3 2.1 0 2.1h-4h3.4c1.2 0 1.2 2.1 0 2.1"
        "h-3.4h2.6c1.2 0 1.2 2 0 2h-2.8h1.6c1 0 1 1.9 0 1.9h-6.2c-2 0-4.2-0.6-4.6-2z"
    ),
    "service_task": Icon(
        path="M-1.3-7.4h2.6l0.5 2.1l1.5 0.6l1.9-1.1l1.8 1.8l-1.1 1.9l0.6 1.5l2.1 0.5v2.6l-2.1 0.5l-0.6 1.5l1.1 1.9l-1.8 1.8"
        "l-1.9-1.1l-1.5 0.6l-0.5 2.1h-2.6l-0.5-2.1l-1.5-0.6l-1.9 1.1l-1.8-1.8l1.1-1.9l-0.6-1.5l-2.1-0.5v-2.6l2.1-0.5l0.6-1.5"
        "l-1.1-1.9l1.8-1.8l1.9 1.1l1.5-0.6zM0-1.2a2.4 2.4 0 1 0 0.01 0z"
    ),
    "script_task": Icon(
        path="M-3.4-7h9.2c-3.4 3-3.4 5 0 7s3.4 4 0 7h-9.2c3.4-3 3.4-5 0-7s-3.4-4 0-7zM-2-3.6h4.6M-1 0h5M1-3.6h1M1 3.6h4.4"
    ),
    "send_task": Icon(path=ENVELOPE, over=FLAP, always_filled=True),
    "receive_task": Icon(path=ENVELOPE + FLAP),
    "business_rule_task": Icon(path="M-7.4-5.6h14.8v11.2h-14.8zM-7.4-2.2h14.8M-7.4 1.7h14.8M-2.6-2.2v7.8"),
}

# At the foot of an activity, each in a square of 14.
REPEATS: Mapping[str, Icon] = {
    "loop": Icon(path="M-2.4 5.2a5.4 5.4 0 1 1 4.4 0.2M-6 5.4h3.8v-3.8", width=1.5),
    "parallel": Icon(path="M-4.4-5.4v10.8M0-5.4v10.8M4.4-5.4v10.8", width=2.2),
    "sequential": Icon(path="M-5.4-4.4h10.8M-5.4 0h10.8M-5.4 4.4h10.8", width=2.2),
    "compensation": Icon(path="M-0.4-4.6v9.2L-6.6 0zM5.8-4.6v9.2L-0.4 0z"),
    "ad_hoc": Icon(
        path="M-6 1.6c2-4.2 4.2-3 6-1.2s4 3 6-1.6v2.6c-2 4.4-4.2 3.2-6 1.4s-4-2.8-6 1.2z", always_filled=True
    ),
    "collapsed": Icon(path="M-6-6h12v12h-12zM0-3.4v6.8M-3.4 0h6.8"),
}

GATEWAYS: Mapping[str, Icon] = {
    "exclusive_gateway": Icon(path="M-6.4-7.6L6.4 7.6M6.4-7.6L-6.4 7.6", width=3),
    "parallel_gateway": Icon(path="M0-10v20M-10 0h20", width=3.2),
    "inclusive_gateway": Icon(path="M0-8.6a8.6 8.6 0 1 0 0.01 0z", width=2.6),
    "complex_gateway": Icon(path="M0-10.4v20.8M-10.4 0h20.8M-7-7L7 7M7-7L-7 7", width=2.8),
    "event_based_gateway": Icon(
        path="M0-12a12 12 0 1 0 0.01 0zM0-9.6a9.6 9.6 0 1 0 0.01 0zM0-5.8L5.6-1.7L3.4 4.9H-3.4L-5.6-1.7z",
        width=1.1,
    ),
    "event_based_start": Icon(
        path="M0-12a12 12 0 1 0 0.01 0zM0-5.8L5.6-1.7L3.4 4.9H-3.4L-5.6-1.7z", width=1.1
    ),
    "event_based_parallel": Icon(
        path="M0-12a12 12 0 1 0 0.01 0zM-1.7-6.4h3.4v4.7h4.7v3.4h-4.7v4.7h-3.4v-4.7h-4.7v-3.4h4.7z", width=1.1
    ),
}

PINS: Mapping[str, Icon] = {
    "ok": Icon(path="M-3.6 0.2L-1.2 2.6L3.8-2.6", width=1.5),
    "risk": Icon(path="M0-4.4L5 4.2H-5zM0-1.4v2.6M0 2.7v0.2", width=1.2),
    "late": Icon(path="M0-5a5 5 0 1 0 0.01 0zM0-2.4v2.8M0 2v0.2", width=1.2),
}
