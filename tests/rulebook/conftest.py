from hypothesis import settings

# Rules answer in microseconds; on a busy machine the deadline would only measure the machine.
settings.register_profile("rulebook", deadline=None)
settings.load_profile("rulebook")
