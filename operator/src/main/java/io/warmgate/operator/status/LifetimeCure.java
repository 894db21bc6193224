package io.warmgate.operator.status;

import io.warmgate.config.CacheRule;
import io.warmgate.config.Lifetimes;
import io.warmgate.config.admin.ClientTraffic;
import io.warmgate.config.admin.Miss;
import java.time.Duration;

/** Which field makes lifetimes short, and how much longer would do. */
final class LifetimeCure {
  private LifetimeCure() {}

  static String of(CacheRule rule, ClientTraffic clients) {
    long expired = Math.max(1, clients.missed(Miss.EXPIRED));
    long lifetime = clients.expired().lifetimeMillis() / expired;
    long age = clients.expired().ageMillis() / expired;
    return "Those were fresh for %s on average and asked for again after %s. %s%s"
        .formatted(span(lifetime), span(age), whose(rule, lifetime), meanwhile(rule));
  }

  private static String whose(CacheRule rule, long lifetime) {
    Long max = rule.maxTtlMillis();
    Long otherwise = rule.defaultTtlMillis();
    if (max != null && isAbout(lifetime, max)) {
      return "ttl.max is %s: raise it".formatted(span(max));
    }
    if (otherwise != null && isAbout(lifetime, otherwise)) {
      return "ttl.default is %s: raise it".formatted(span(otherwise));
    }
    return rule.options().lifetimes().mode() == Lifetimes.Mode.OVERRIDE
        ? "ttl says so, by status: raise what is short there"
        : "The origin gives them no longer a lifetime: have it say one in Cache-Control, or set"
            + " ttl.default for those of which it says nothing, mode: Override for all";
  }

  private static String meanwhile(CacheRule rule) {
    return rule.staleWhileRevalidateMillis() == null
        ? "; staleWhileRevalidate would answer while they are fetched anew"
        : "";
  }

  /** Within a tenth, or a second, since an answer's age and jitter take their part. */
  private static boolean isAbout(long millis, long said) {
    return Math.abs(millis - said) <= Math.max(1_000, said / 10);
  }

  /** In the two largest units. */
  static String span(long millis) {
    Duration time = Duration.ofSeconds(Math.round(millis / 1_000.0));
    if (time.toDays() > 0) {
      return parts(time.toDays(), "d", time.toHoursPart(), "h");
    }
    if (time.toHours() > 0) {
      return parts(time.toHours(), "h", time.toMinutesPart(), "m");
    }
    return time.toMinutes() > 0
        ? parts(time.toMinutes(), "m", time.toSecondsPart(), "s")
        : time.toSeconds() + "s";
  }

  private static String parts(long large, String unit, long small, String smaller) {
    return large + unit + (small == 0 ? "" : small + smaller);
  }
}
