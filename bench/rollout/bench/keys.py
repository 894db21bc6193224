"""What is asked for, how often, and how long an answer to it is kept."""

import bisect
import itertools
import zlib


class Zipf:
    """Keys 1 to `count`; key k is asked for in proportion to 1/k**exponent."""

    def __init__(self, count, exponent=1.0):
        weights = [k**-exponent for k in range(1, count + 1)]
        total = sum(weights)
        self.shares = [weight / total for weight in weights]
        self._upto = list(itertools.accumulate(self.shares))

    def draw(self, random):
        return min(bisect.bisect(self._upto, random.random()), len(self._upto) - 1) + 1


def kept_seconds(path, ttl):
    """Half of `ttl` to one and a half, by path: what was filled together does not expire together."""
    return max(1, round(ttl * (0.5 + zlib.crc32(path.encode()) / 2**32)))


def path_of(prefix, key):
    return f"{prefix}/{key}"


def hit_ratio(zipf, prefix, rate, ttl):
    """Of a cache that keeps everything for its time: of a key that is asked for n times while it is kept, n of n + 1 are hits."""
    ratio = 0.0
    for key, share in enumerate(zipf.shares, 1):
        while_kept = share * rate * kept_seconds(path_of(prefix, key), ttl)
        ratio += share * while_kept / (1 + while_kept)
    return ratio


def ttl_for(wanted, zipf, prefix, rate):
    """The shortest, in whole seconds, that gives this hit ratio (0 to 1)."""
    return next(ttl for ttl in range(1, 86_401) if hit_ratio(zipf, prefix, rate, ttl) >= wanted)
