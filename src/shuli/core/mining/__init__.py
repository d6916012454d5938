"""Discovery, variants, performance, conformance and findings."""
