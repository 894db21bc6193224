"""What was measured, as a table; each round's ratio is taken within the round, and the median of rounds shown."""

from statistics import median


def show(case, rounds):
    """`rounds`: of each round what each contender measured, in the case's order."""
    names = [contender.name for contender in case.contenders]
    print(f"\n## {case.name}: {case.what}")
    print(f"{'':20}{'requests/s':>11}{'CPU µs':>8}{'p50 µs':>8}{'p99':>8}{'p99.9':>8}{'RSS MiB':>9}{'to origin':>11}")
    for i, name in enumerate(names):
        each = [measured[i] for measured in rounds]
        print(
            f"{name:20}"
            f"{median(m.requests / m.seconds for m in each):11.0f}"
            f"{median(m.cpu_micros for m in each):8.2f}"
            f"{median(m.p50 for m in each):8.0f}"
            f"{median(m.p99 for m in each):8.0f}"
            f"{median(m.p999 for m in each):8.0f}"
            f"{max(m.rss_mib for m in each):9.0f}"
            f"{sum(m.origin_requests for m in each):11}"
        )
    for i, name in list(enumerate(names))[1:]:
        ratios = sorted(measured[0].cpu_micros / measured[i].cpu_micros for measured in rounds)
        target = case.targets.get(name)
        verdict = "" if target is None else f"   target ≤ {target}: {'met' if median(ratios) <= target else 'MISSED'}"
        print(f"{names[0]} / {name}: {median(ratios):.2f} ({ratios[0]:.2f} to {ratios[-1]:.2f}){verdict}")


def machine():
    with open("/proc/cpuinfo") as info:
        model = next((line.partition(":")[2].strip() for line in info if line.startswith("model name")), "unknown CPU")
    with open("/proc/version") as version:
        kernel = version.read().split()[2]
    with open("/proc/loadavg") as load:
        busy = load.read().split()[0]
    return f"{model}, Linux {kernel}, load before {busy}"
