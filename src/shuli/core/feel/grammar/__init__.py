"""Read FEEL text: tokens, names, types, syntax trees."""
