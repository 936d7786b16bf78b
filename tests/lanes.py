"""Tells at the end which tests took longest, and each lane's share of the time.

A lane is a folder of `tests`. Processor seconds are those of the process that ran the test and of
the processes that it waited for; a database server that outlives a test is in nobody's.
"""

import os
from collections import Counter
from pathlib import Path

import pytest

SLOWEST = 20


class Stopwatch:
    """How much processor time this process has used since it was asked last."""

    def __init__(self):
        self.told = self.used()

    @staticmethod
    def used():
        return sum(os.times()[:4])

    def lap(self):
        before, self.told = self.told, self.used()
        return self.told - before


class Lanes:
    """What each test took, as the session that collects the reports adds it up."""

    def __init__(self):
        self.stopwatch, self.clock, self.processor = Stopwatch(), Counter(), Counter()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self):
        report = yield
        report.processor_seconds = self.stopwatch.lap()
        return report

    def pytest_runtest_logreport(self, report):
        self.clock[report.nodeid] += report.duration
        self.processor[report.nodeid] += report.processor_seconds

    def pytest_terminal_summary(self, terminalreporter):
        if len(self.clock) <= SLOWEST:
            return
        terminalreporter.section("where the time went")
        terminalreporter.line("  clock  processor  the slowest tests, in seconds")
        for test, seconds in self.clock.most_common(SLOWEST):
            terminalreporter.line(f"{seconds:7.1f} {self.processor[test]:10.1f}  {test}")
        terminalreporter.line("  clock  processor  share  tests  lane")
        for line in self.lanes():
            terminalreporter.line(line)

    def lanes(self):
        """Give a line for each lane, the one that uses most first."""
        lane_of = {test: lane(test) for test in self.clock}
        tests, clock, processor = Counter(lane_of.values()), Counter(), Counter()
        for test, own in lane_of.items():
            clock[own] += self.clock[test]
            processor[own] += self.processor[test]
        whole = sum(clock.values())
        for own, seconds in clock.most_common():
            share = seconds / whole
            yield f"{seconds:7.1f} {processor[own]:10.1f} {share:6.0%} {tests[own]:6}  {own}"


def lane(test):
    parts = Path(test.partition("::")[0]).parts
    return parts[1] if parts[0] == "tests" else "examples in docstrings"


def pytest_configure(config):
    config.pluginmanager.register(Lanes(), "lanes")
