package io.warmgate.server.exchange;

import io.warmgate.httpcache.Bytes;
import io.warmgate.httpcache.Reason;
import org.jspecify.annotations.Nullable;

/**
 * What a model is asked, as far as keeping its answer is concerned. To the cache it is a GET of a
 * path that no client names, so that clients of several dialects find one answer.
 *
 * @param path in the place of the URL's, in keys and for purges; begins with {@code /}
 * @param material the question in its canonical form: kept with the entry, compared on a hit
 * @param never why its answer is neither looked up nor kept; null: it may be
 * @param keeping whether what it brings is kept
 * @param items what it asks, where that is several things; it is then the first of them beside.
 *     Null: it is one
 */
public record Question(
    String path, Bytes material, @Nullable Reason never, Keeping keeping, @Nullable Items items) {

  /** What becomes of its answers where it may be looked up. */
  public enum Keeping {
    AS_EVER,
    /** None that it brings is kept. */
    NOTHING
  }

  public Question(String path, Bytes material, @Nullable Reason never) {
    this(path, material, never, Keeping.AS_EVER, null);
  }

  /** Several in one. */
  public static Question of(Items items) {
    Question first = items.questions().getFirst();
    return new Question(first.path, first.material, null, Keeping.AS_EVER, items);
  }

  /** The same, of which no answer is looked up or kept. */
  public Question never(Reason why) {
    return new Question(path, material, why, keeping, items);
  }

  /** The same, of which no answer is kept. */
  public Question unkept() {
    return new Question(path, material, never, Keeping.NOTHING, items);
  }
}
