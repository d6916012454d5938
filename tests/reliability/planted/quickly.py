"""A plug-in for pytest: a counter-example is enough, it need not be the smallest one."""

from hypothesis import Phase, settings

settings.register_profile(
    "planted", phases=(Phase.explicit, Phase.generate), database=None, deadline=None, print_blob=False
)
settings.load_profile("planted")
