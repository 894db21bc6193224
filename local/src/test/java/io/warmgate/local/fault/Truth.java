package io.warmgate.local.fault;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/**
 * What clients of a {@link TruthOrigin} ask, and the oldest truth that they may be told: what was
 * true when the last purge was complete, since when it was over before they asked.
 */
final class Truth implements Load.Script {
  /** All of what they ask lies below it. */
  static final String PREFIX = "/truth";

  private static final int PATHS = 20;

  private final AtomicLong floor = new AtomicLong();

  /** Nobody may be told an older one any more. */
  void isAtLeast(long truth) {
    floor.set(truth);
  }

  @Override
  public Load.Ask next(RandomGenerator random) {
    return new Told(PREFIX + "/" + random.nextInt(PATHS), floor.get());
  }

  private record Told(String path, long floor) implements Load.Ask {
    @Override
    public Optional<String> impossible(Answer answer) {
      return answer.status() == 200 && Long.parseLong(answer.body()) >= floor
          ? Optional.empty()
          : Optional.of("older than " + floor);
    }
  }
}
