"""FEEL expressions and DMN decision tables: parse, compile, evaluate."""
