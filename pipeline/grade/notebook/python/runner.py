"""Runs a notebook within the sandbox, cell by cell, and gives what it made as a zip on standard output: runner.py NOTEBOOK SETTINGS

SETTINGS is JSON: {budget: seconds, epochs: of a training that we start ourselves, language}. Nothing of the student's runs in this process: the
kernel is another, and what it hands over are files.
"""
import asyncio
import io
import json
import os
import re
import sys
import time
import zipfile

import nbclient
import nbformat
from jupyter_client.manager import AsyncKernelManager

HERE = os.path.dirname(os.path.abspath(__file__))
OUT, COLLECTED = "/work/submission", "/work/collected"
MOST_BYTES = 96 << 20
GRACE = 60
PRELUDE = "import sys; sys.path[:0] = [%r, '/submit']; import prelude; prelude.prepare()" % HERE
# What runs no Python, or asks for what is not there.
SKIPPED = re.compile(r"^\s*(%%?\w+|!|\?|pip install|from google\.colab)")


def prepared(source):
    """A cell's text as plain Python, and the lines of it that are passed over. Lines keep their numbers."""
    if re.match(r"\s*%%(?!time|timeit|capture)\w", source):
        return "pass", [source.split("\n")[0]]
    skipped, lines = [], []
    for line in source.split("\n"):
        if re.match(r"\s*%%", line) or SKIPPED.match(line):
            skipped.append(line.strip())
            line = re.match(r"\s*", line).group() + "pass"
        lines.append(line)
    return "\n".join(lines), skipped


class Run:
    def __init__(self, notebook, settings):
        self.notebook, self.settings = notebook, settings
        self.ends = time.monotonic() + settings["budget"]
        self.cells = []

    async def all(self):
        client = nbclient.NotebookClient(self.notebook, km=AsyncKernelManager(), allow_errors=True, interrupt_on_timeout=True, store_widget_state=False)
        self.client = client
        async with client.async_setup_kernel():
            await self.ours(PRELUDE, 60)
            for number, cell in enumerate(self.notebook.cells):
                if cell.cell_type == "code":
                    await self.cell(number, cell)
            found = await self.ours("prelude.collect(%r)" % json.dumps(self.settings), self.settings["budget"] * 0.5 + GRACE)
        return {"cells": self.cells, "collected": found}

    async def cell(self, number, cell):
        source, skipped = prepared(cell.source)
        left = self.ends - time.monotonic()
        done = {"cell": number, "skipped": skipped, "status": "ok"}
        self.cells.append(done)
        if left <= 0:
            done["status"] = "budget"
            return
        error = await self.execute(source, left)
        if error is not None:
            done.update(error)

    async def ours(self, source, seconds):
        return await self.execute(source, seconds) or {"status": "ok"}

    async def execute(self, source, seconds):
        """None, or how the cell ended instead."""
        cell = nbformat.v4.new_code_cell(source)
        self.client.nb.cells.append(cell)
        index = len(self.client.nb.cells) - 1
        self.client.timeout = max(1, int(seconds))
        try:
            await self.client.async_execute_cell(cell, index)
        except nbclient.exceptions.DeadKernelError:
            return {"status": "died"}
        except nbclient.exceptions.CellTimeoutError:
            return {"status": "budget"}
        finally:
            self.client.nb.cells.pop()
        for output in cell.outputs:
            if output.output_type == "error":
                if output.ename == "KeyboardInterrupt" and time.monotonic() >= self.ends - 1:
                    return {"status": "budget"}
                return {"status": "error", "name": output.ename[:200], "message": output.evalue[:1000], "line": error_line(output.traceback)}
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
        for folder, prefix in ((OUT, "made/"), (COLLECTED, "")):
            if not os.path.isdir(folder):
                continue
            for name in sorted(os.listdir(folder))[:50]:
                path = os.path.join(folder, name)
                if os.path.islink(path) or not os.path.isfile(path):
                    continue
                total += os.path.getsize(path)
                if total <= MOST_BYTES:
                    archive.write(path, prefix + name)
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
