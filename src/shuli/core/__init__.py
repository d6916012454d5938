"""Pure Python: values in, values out."""
