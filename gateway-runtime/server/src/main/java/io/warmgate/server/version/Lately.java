package io.warmgate.server.version;

import java.util.concurrent.TimeUnit;

/**
 * For how long a version counts as heard: until so many answers have come without it, and so much
 * time has passed. Providers answer with several at once, and none of them is new then.
 *
 * @param answers fewer say nothing
 * @param millis a shorter time says nothing
 * @param silenceMillis after which nothing is said of what was heard before
 */
public record Lately(int answers, long millis, long silenceMillis) {
  /** Where four take turns by chance, fifty answers miss one of them once in two million times. */
  public static final Lately USUAL =
      new Lately(50, TimeUnit.MINUTES.toMillis(10), TimeUnit.HOURS.toMillis(1));
}
