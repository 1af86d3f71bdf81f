"""How long commands take, as whole processes, beside a bare Typer program: python -m tests.benchmarks"""
