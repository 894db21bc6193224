package io.warmgate.local.fault;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** What clients got: all of it counted, the end of it kept to be read. */
final class Journal {
  private static final int KEPT = 40;

  private final Deque<String> end = new ArrayDeque<>();
  private long answers;
  private long hits;
  private long longestNanos;

  synchronized void add(String path, Answer answer) {
    answers++;
    hits += answer.isHit() ? 1 : 0;
    add(
        "%s %d %s %s"
            .formatted(path, answer.status(), answer.cacheStatus(), answer.body().strip()));
  }

  synchronized void add(String line) {
    if (end.size() == KEPT) {
      end.removeFirst();
    }
    end.addLast(Instant.now() + " " + line);
  }

  /** From a request's first try to its answer. */
  synchronized void took(long nanos) {
    longestNanos = Math.max(longestNanos, nanos);
  }

  synchronized long answers() {
    return answers;
  }

  synchronized long hits() {
    return hits;
  }

  synchronized String end() {
    return String.join("\n", end);
  }

  synchronized String summary() {
    return "%d answers, %d from the cache, the longest took %d ms"
        .formatted(answers, hits, Duration.ofNanos(longestNanos).toMillis());
  }
}
