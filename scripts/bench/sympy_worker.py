"""SymPy as a worker of the benchmark: one message a line, both ways, as in worker.ts.

Its cache is emptied before every measurement: with it a second call would look the answer up.
"""

import json
import re
import sys
import time

try:
    import sympy
except ImportError:
    print(json.dumps({"error": "missing"}), flush=True)
    sys.exit()

sys.dont_write_bytecode = True
from sympy_text import LAST, text_of

sys.setrecursionlimit(20_000)
NAME = re.compile(r"[A-Za-z_]\w*")
CALLED = re.compile(r"(q\d+)\(")
INDEXED = re.compile(r"(p\d+)\[([^\]]*)\]")
LIMITS = re.compile(r"\((p\d+),")


class Opened:
    def __init__(self, job):
        self.job = job
        self.names = {}
        self.expressions = {}
        for name, text in job.get("lets", []):
            self.names[name] = self.read(text)

    def read(self, text):
        known = self.structures(text)
        for name in NAME.findall(text):
            if name in known:
                continue
            if name in self.names:
                known[name] = self.names[name]
            elif not hasattr(sympy, name) or name in self.variables():
                known[name] = sympy.Symbol(name, real=True)
        return sympy.sympify(text.replace("^", "**"), locals=known)

    def structures(self, text):
        """Unknown functions, families and their indices, as dialects.ts writes them."""
        known = {name: sympy.Function(name) for name in CALLED.findall(text)}
        indices = LIMITS.findall(text) if "Sum(" in text else []
        for name, places in INDEXED.findall(text):
            known[name] = sympy.IndexedBase(name, real=True)
            indices += NAME.findall(places)
        for name in [*indices, LAST]:
            known[name] = sympy.Symbol(name, integer=True)
        return known

    def variables(self):
        points = self.job["points"]
        return {name for row in points for point in row for name in point}

    def expression(self, at):
        if at not in self.expressions:
            self.expressions[at] = self.read(self.job["expressions"][at])
        return self.expressions[at]

    def carry_out(self, which):
        """The time in milliseconds and the answers."""
        tasks = []
        for at in which:
            wanted = self.job["wanted"][at]
            by = self.read(wanted["by"])
            tasks.append((self.expression(wanted["expression"]), by, wanted["order"]))
        sympy.core.cache.clear_cache()
        start = time.process_time()
        answers = [expression.diff(by, order) for expression, by, order in tasks]
        return (time.process_time() - start) * 1e3, answers


def printed(opened, at):
    """The text of one derivative; simplified where the engine that is asked for says so."""
    (answer,) = opened.carry_out([at])[1]
    return text_of(sympy.simplify(answer) if opened.simplified else answer)


def evaluate(answer, point):
    """By a function that names what occurs twice: `evalf` takes nested expressions apart again and again."""
    names = {sympy.Symbol(name, real=True): value for name, value in point.items()}
    value = complex(sympy.lambdify(list(names), answer, "mpmath", cse=True)(*names.values()))
    return value.real if abs(value.imag) < 1e-9 * (1 + abs(value.real)) else None


def check(opened, wanted):
    job = opened.job
    if job["timing"] == "gradient":
        _, answers = opened.carry_out(wanted)
        return [[evaluate(answer, point) for point in job["points"][0]] for answer in answers]
    return [[evaluate(opened.carry_out([at])[1][0], point) for point in job["points"][at]] for at in wanted]


def mean(opened, which):
    """The mean milliseconds over at least the job's slice."""
    times = []
    start = time.perf_counter()
    while not times or (time.perf_counter() - start) * 1e3 < opened.job["slice"]:
        times.append(opened.carry_out(which)[0])
    return sum(times) / len(times)


def say(reply):
    print(json.dumps(reply), flush=True)


opened = None
for line in sys.stdin:
    message = json.loads(line)
    try:
        if "open" in message:
            opened = Opened(message["open"])
            opened.simplified = message["engine"].endswith("simplified")
            say({"version": sympy.__version__})
        elif "check" in message:
            say({"values": check(opened, message["check"])})
        elif "print" in message:
            say({"text": printed(opened, message["print"])})
        elif opened.job["timing"] == "gradient":
            say({"milliseconds": mean(opened, message["time"])})
        else:
            for at in message["time"]:
                say({"milliseconds": mean(opened, [at])})
    except Exception as error:  # whatever goes wrong in one expression is that expression's result
        say({"error": (str(error).splitlines() or [type(error).__name__])[0][:200]})
