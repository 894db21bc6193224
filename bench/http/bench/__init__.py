"""What a request costs. `run` beside this folder starts it."""
