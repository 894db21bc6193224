"""Until a gateway has compiled what it runs: pods live for days, and on one core the compiler is in everybody's way."""

import time

RESTING = 0.01
MOST_RUNS = 12


def until_compiled(name, process, ask):
    """Asks again until the compilers took less than a hundredth of the time, a dozen times at most."""
    if not process.compiler_micros():
        return
    began = time.monotonic()
    for _ in range(MOST_RUNS):
        before, start = process.compiler_micros(), time.monotonic()
        ask()
        share = (process.compiler_micros() - before) / 1e6 / (time.monotonic() - start)
        if share < RESTING:
            break
    print(f"{name}: warm for {time.monotonic() - began:.0f} s, its compilers take {share:.1%} of a core", flush=True)
