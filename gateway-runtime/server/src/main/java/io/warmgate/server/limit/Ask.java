package io.warmgate.server.limit;

import java.util.List;

/** What Redis is asked of one count. */
sealed interface Ask {
  /** Of the key in Redis. */
  String key();

  /** What {@link LimitScript} reads of it. */
  List<Object> arguments();

  /**
   * Of requests or bytes within a window.
   *
   * @param need so much waits for it
   * @param want so much would be taken, if enough is left; at least {@code need}
   * @param spent was admitted without Redis, and is counted first
   * @param backSlice in which {@code back} was granted
   * @param back was granted, and not used
   */
  record Window(
      String key,
      long amount,
      long perMillis,
      long need,
      long want,
      long spent,
      long backSlice,
      long back)
      implements Ask {
    @Override
    public List<Object> arguments() {
      return List.of("w", amount, need, want, perMillis, spent, backSlice, back);
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
      return List.of("p", amount, need, want, holder, held, 0, 0);
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
