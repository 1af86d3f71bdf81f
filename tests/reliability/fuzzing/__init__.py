"""The parsers under fire: with Hypothesis in the tests, longer by python -m tests.reliability.fuzzing TARGET."""
