"""The living handbook: what people read about a process, made from the model that runs, and so never behind it."""
