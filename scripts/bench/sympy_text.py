"""SymPy's answers as texts in the syntax of this project, the names of functions as they are (dialects.ts has them).

Where SymPy has no short notation of its own for what a text prints with primes, its answer counts as one with primes:
`Derivative(f(x), x)` is `f'(x)`, `Subs(Derivative(f(_xi_1), _xi_1), _xi_1, x**2)` is `f'(x^2)`, and a derivative by the
k-th of several arguments is `D(f, k)(...)`. Limits of sums that the author did not give are left out again, and so is
that an index lies within them.
"""

from sympy import S, Symbol
from sympy.core.function import AppliedUndef
from sympy.printing.precedence import PRECEDENCE
from sympy.printing.str import StrPrinter

# The last index of sums without limits, as dialects.ts writes them.
LAST = "N_"


class TextPrinter(StrPrinter):
    def _print_Function(self, expr):
        name = expr.func.__name__
        if name == "polygamma" and expr.args[0] in (0, 1):
            return ("digamma", "trigamma")[int(expr.args[0])] + "(%s)" % self._print(expr.args[1])
        return name + "(%s)" % self.stringify(expr.args, ", ")

    def _print_Heaviside(self, expr):
        return "Heaviside(%s)" % self._print(expr.args[0])

    def _print_ImaginaryUnit(self, expr):
        raise ValueError("an answer that is not real")

    def _print_Derivative(self, expr):
        return self.prime(expr, expr.expr.args)

    def _print_Subs(self, expr):
        inner, names, values = expr.args
        if not hasattr(inner, "variable_count"):
            raise ValueError("no text for " + str(expr))
        put = dict(zip(names, values))
        return self.prime(inner, [part.xreplace(put) for part in inner.expr.args])

    def prime(self, expr, args):
        """A derivative of an unknown function by its arguments, which are names, taken at `args`."""
        function = expr.expr
        if not isinstance(function, AppliedUndef):
            raise ValueError("no text for " + str(expr))
        places = []
        for variable, count in expr.variable_count:
            places += [function.args.index(variable) + 1] * int(count)
        name = function.func.__name__
        inside = self.stringify(args, ", ")
        if len(function.args) == 1:
            return "%s%s(%s)" % (name, "'" * len(places), inside)
        return "D(%s, %s)(%s)" % (name, ", ".join(map(str, places)), inside)

    def _print_Piecewise(self, expr):
        *first, (last, otherwise) = [(part.expr, part.cond) for part in expr.args]
        if otherwise != S.true:
            raise ValueError("no text for " + str(expr))
        if all(part.is_integer for value, condition in first for part in condition.free_symbols):
            return "(%s)" % self._print(first[0][0])
        text = self._print(last)
        for value, condition in reversed(first):
            text = "(%s ? %s : %s)" % (self._print(condition), self._print(value), text)
        return text

    def _print_Relational(self, expr):
        return "%s %s %s" % (self._print(expr.lhs), expr.rel_op, self._print(expr.rhs))

    def _print_Sum(self, expr):
        text = self._print(expr.function)
        for index, start, end in expr.limits:
            bare = start == 1 and end == Symbol(LAST, integer=True)
            inside = [index] if bare else [index, start, end]
            text = "sum(%s, %s)" % (text, self.stringify(inside, ", "))
        return text

    def _print_Indexed(self, expr):
        return "%s[%s]" % (expr.base.label, self.stringify(expr.indices, ", "))

    def emptyPrinter(self, expr):
        raise ValueError("no text for " + str(expr))


def text_of(answer):
    return TextPrinter({"order": None}).doprint(answer).replace("**", "^")
