"""Runs a notebook within the sandbox, cell by cell, and gives what it made as a zip on standard output: runner.py NOTEBOOK SETTINGS

SETTINGS is JSON: {budget: seconds, epochs: of a training that we start ourselves, language}. Nothing of the student's runs in this process: the
kernel is another, and what it hands over are files.
"""
import ast
import asyncio
import io
import json
import math
import os
import re
import sys
import time
import zipfile

import nbclient
import nbformat
from jupyter_client.manager import AsyncKernelManager

HERE = os.path.dirname(os.path.abspath(__file__))
COLLECTED = "/desk/collected"
MOST_BYTES = 96 << 20
MOST_CELLS = 2000
GRACE = 60
# How long a cell may go on after it was interrupted.
STUBBORN = 15
PRELUDE = "import sys; sys.path[:0] = [%r, '/submit']; import prelude; prelude.prepare()" % HERE
# Where a stand-in for a package lies, which an ImportError names.
OURS = re.compile(r" \(%s/[^)]*\)" % re.escape(HERE))
# What a SyntaxError says of its place: a file that IPython makes of the cell.
WITHIN = re.compile(r" \((?:\d+\.py|<ipython-input[^)]*>), line (\d+)\)$")
# What asks for a place that this is not.
ELSEWHERE = re.compile(r"^\s*(from google\.colab|import google\.colab|drive\.mount\(|files\.upload\()")
# What is no Python.
MAGIC = re.compile(r"^\s*(%%?\w+|!|\?|pip3? install|conda install|\w+ *= *[!%]\w|[\w.]+\?+\s*$)")


def prepared(source):
    """A cell's text as plain Python, and the lines of it that are passed over. Lines keep their numbers."""
    if re.match(r"\s*%%(?!time|timeit|capture)\w", source):
        return "pass", [source.split("\n")[0][:200]]
    plain = is_python(source)
    skipped, lines = [], []
    for line in source.split("\n"):
        if ELSEWHERE.match(line) or (not plain and MAGIC.match(line)):
            skipped.append(line.strip()[:200])
            line = re.match(r"\s*", line).group() + "pass"
        lines.append(line)
    return "\n".join(lines), skipped


def is_python(source):
    try:
        ast.parse(source)
        return True
    except (SyntaxError, ValueError):
        return False


class Client(nbclient.NotebookClient):
    """What cells print and draw is not kept: nobody reads it here, however much it is."""

    def process_message(self, msg, cell, cell_index):
        if msg["msg_type"] in ("stream", "display_data", "execute_result", "update_display_data"):
            return None
        return super().process_message(msg, cell, cell_index)


class Run:
    def __init__(self, notebook, settings):
        self.notebook, self.settings = notebook, settings
        self.ends = time.monotonic() + settings["budget"]
        self.cells = []
        self.dead = False

    async def all(self):
        client = Client(self.notebook, km=AsyncKernelManager(), allow_errors=True, interrupt_on_timeout=True, store_widget_state=False)
        self.client = client
        async with client.async_setup_kernel():
            await self.ours(PRELUDE, 60)
            code = [cell for cell in self.notebook.cells if cell.cell_type == "code"]
            for number, cell in enumerate(code[:MOST_CELLS], 1):
                await self.cell(number, cell)
            found = await self.ours("prelude.collect(%r)" % json.dumps(self.settings), self.settings["budget"] * 0.5 + GRACE)
        return {"cells": self.cells, "collected": found}

    async def cell(self, number, cell):
        source, skipped = prepared(cell.source)
        left = self.ends - time.monotonic()
        done = {"cell": number, "skipped": skipped, "status": "ok"}
        self.cells.append(done)
        if left <= 0 or self.dead:
            done["status"] = "unrun"
            return
        error = await self.execute(source, left)
        if error is not None:
            done.update(error)

    async def ours(self, source, seconds):
        if self.dead:
            return {"status": "died"}
        return await self.execute(source, seconds) or {"status": "ok"}

    async def execute(self, source, seconds):
        """None, or how the cell ended instead."""
        cell = nbformat.v4.new_code_cell(source)
        self.client.nb.cells.append(cell)
        index = len(self.client.nb.cells) - 1
        # In whole seconds, and rather too late: a cell that is interrupted has used up all the time there was.
        self.client.timeout = max(1, math.ceil(seconds))
        try:
            await asyncio.wait_for(self.client.async_execute_cell(cell, index), self.client.timeout + STUBBORN)
        except asyncio.TimeoutError:
            self.dead = True
            return {"status": "budget"}
        except nbclient.exceptions.DeadKernelError:
            self.dead = True
            return {"status": "died"}
        except nbclient.exceptions.CellTimeoutError:
            return {"status": "budget"}
        finally:
            self.client.nb.cells.pop()
        for output in cell.outputs:
            if output.output_type == "error":
                if output.ename == "KeyboardInterrupt" and time.monotonic() >= self.ends - 1:
                    return {"status": "budget"}
                message, line = OURS.sub("", output.evalue), error_line(output.traceback)
                within = WITHIN.search(message)
                if within is not None:
                    message, line = message[: within.start()], int(within.group(1))
                return {"status": "error", "name": output.ename[:200], "message": message[:1000], "line": line}
        return None


def error_line(traceback):
    """The line of the cell at which it happened, where the traceback says it."""
    text = re.sub(r"\x1b\[[0-9;]*m", "", "\n".join(traceback))
    arrows = re.findall(r"^-+> (\d+) ", text, re.MULTILINE)
    return int(arrows[0]) if arrows else None


def packed(report):
    memory = io.BytesIO()
    total = 0
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("notebook.json", json.dumps(report))
        for name in sorted(os.listdir(COLLECTED))[:50] if os.path.isdir(COLLECTED) else []:
            path = os.path.join(COLLECTED, name)
            if os.path.islink(path) or not os.path.isfile(path):
                continue
            total += os.path.getsize(path)
            if total <= MOST_BYTES:
                archive.write(path, name)
    return memory.getvalue()


def main():
    # Whatever the kernel's process inherits, it is not the way to the grader.
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    with open(sys.argv[1], encoding="utf-8-sig") as file:
        notebook = nbformat.reads(file.read(), as_version=4)
    settings = json.loads(sys.argv[2])
    report = asyncio.run(Run(notebook, settings).all())
    out.write(packed(report))
    out.flush()
    os._exit(0)


main()
