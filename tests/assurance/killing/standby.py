"""A primary and its synchronous standby, from the programs of the embedded server."""

import os
import signal
import subprocess
import time

import psycopg

from banso.site.database.accounts import server_account
from banso.site.database.embedded.binaries import programs_for

ADMISSION = "local all all trust\nlocal replication all trust\n"
ANSWER_WITHIN = 60.0


class Pair:
    """Two servers that are reached through sockets in private folders."""

    def __init__(self, folder):
        self.folder = folder
        self.account = server_account({}, folder / "none")
        self.programs = programs_for(self.account, folder)
        self.processes = {}
        for name in ("primary-socket", "standby-socket"):
            (folder / name).mkdir(mode=0o700)
        for place in (folder, *folder.glob("*-socket")):
            if self.account.is_another:
                os.chown(place, self.account.uid, self.account.gid)

    def begin(self):
        cluster = self.folder / "primary"
        options = ("--username=postgres", "--auth=trust", "--encoding=UTF8", "--data-checksums")
        self.run("initdb", f"--pgdata={cluster}", *options, "--locale=C.UTF-8")
        (cluster / "pg_hba.conf").write_text(ADMISSION)
        self.start("primary", "-c", "synchronous_standby_names=standby")

    def follow(self):
        source = f"host={self.socket('primary')} user=postgres application_name=standby"
        self.run("pg_basebackup", "-D", self.folder / "standby", "-R", "-c", "fast", "-d", source)
        self.start("standby")

    def start(self, name, *options):
        command = [self.programs / "postgres", "-D", self.folder / name]
        command += ["-h", "", "-k", self.socket(name), "-c", "max_connections=60", *options]
        self.processes[name] = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **self._identity(),
            start_new_session=True,
        )  # fmt: skip
        until = time.monotonic() + ANSWER_WITHIN
        while not self.answers(name):
            assert time.monotonic() < until, f"the {name} does not answer"
            time.sleep(0.1)

    def answers(self, name):
        try:
            psycopg.connect(**self.superuser(name)).close()
        except psycopg.OperationalError:
            return False
        return True

    def kill(self, name):
        os.killpg(self.processes[name].pid, signal.SIGKILL)
        self.processes[name].wait()

    def promote(self):
        self.run("pg_ctl", "promote", "-w", "-D", self.folder / "standby")

    def stop(self):
        for process in self.processes.values():
            if process.poll() is None:
                process.send_signal(signal.SIGQUIT)
                process.wait()

    def socket(self, name):
        return self.folder / f"{name}-socket"

    def superuser(self, name, database="postgres"):
        return {"host": str(self.socket(name)), "user": "postgres", "dbname": database}

    def ask(self, name, query, database="banso"):
        with psycopg.connect(**self.superuser(name, database)) as connection:
            return connection.execute(query).fetchall()

    def address(self, role, *names):
        hosts = ",".join(str(self.socket(name)) for name in names)
        return f"postgresql://banso_{role}@/banso?host={hosts}"

    def run(self, program, *words):
        command = [self.programs / program, *words]
        subprocess.run(
            command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            **self._identity(),
        )  # fmt: skip

    def _identity(self):
        own = {"cwd": "/", "env": {"PATH": "/usr/bin:/bin", "LC_ALL": "C"}}
        if self.account.is_another:
            own |= {"user": self.account.uid, "group": self.account.gid, "extra_groups": []}
        return own
