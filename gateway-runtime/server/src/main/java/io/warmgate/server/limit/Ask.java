package io.warmgate.server.limit;

import java.util.List;
import java.util.SortedMap;
import java.util.stream.Collectors;

/** What Redis is asked of one count. */
sealed interface Ask {
  /** Of the key in Redis. */
  String key();

  /** What {@link LimitScript} reads of it. */
  List<Object> arguments();

  /**
   * Of requests, bytes, tokens or money within a window.
   *
   * @param need so much waits for it
   * @param want so much would be taken, if enough is left; at least {@code need}
   * @param spent was admitted without Redis, and is counted first
   * @param least nothing is granted where less is left: nobody who waits needs as little
   * @param back was granted and not used, by the slice that it was granted in
   */
  record Window(
      String key,
      long amount,
      long perMillis,
      long need,
      long want,
      long spent,
      long least,
      SortedMap<Long, Long> back)
      implements Ask {
    @Override
    public List<Object> arguments() {
      return List.of("w", amount, need, want, perMillis, spent, least, backText());
    }

    private String backText() {
      return back.entrySet().stream()
          .map(slice -> slice.getKey() + ":" + slice.getValue())
          .collect(Collectors.joining(" "));
    }
  }

  /**
   * Of requests that are under way.
   *
   * @param holder whose they are; what it holds goes when it is not heard of for {@link
   *     LimitScript#HELD_MILLIS}
   * @param held by it, whatever it held before
   */
  record Permits(String key, long amount, long need, long want, String holder, long held)
      implements Ask {
    @Override
    public List<Object> arguments() {
      return List.of("p", amount, need, want, holder, held, 0, "");
    }
  }

  /**
   * @param granted so much may be admitted, until the slice ends
   * @param remaining after that, for everybody
   * @param lessMillis until some of what is counted goes; 0: nothing is counted, or nobody knows
   * @param sliceMillis until the slice ends
   * @param slice of the window
   */
  record Answer(long granted, long remaining, long lessMillis, long sliceMillis, long slice) {}
}
