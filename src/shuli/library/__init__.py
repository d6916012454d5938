"""What ships ready to use, as data: processes and the example company."""
