"""The views of cases: translate, call one operation, translate back."""
