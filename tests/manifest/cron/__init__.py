"""Schedules: the grammar, the exact shortest gap, and what is said of an expression.

`expressions` is what the tests share: random expressions, and what croniter makes of them.
"""
