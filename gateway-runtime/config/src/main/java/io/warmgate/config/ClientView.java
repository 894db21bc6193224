package io.warmgate.config;

import org.jspecify.annotations.Nullable;

/**
 * What clients are told of caching.
 *
 * @param cacheControl in place of the origin's {@code Cache-Control} on answers that are kept;
 *     null: the origin's
 * @param surrogateHeaders what becomes of fields with tags
 */
public record ClientView(@Nullable String cacheControl, SurrogateHeaders surrogateHeaders) {
  /** What the origin said. */
  public static final ClientView ORIGINS = new ClientView(null, SurrogateHeaders.KEEP);

  /** Whether clients see {@code Surrogate-Key}, {@code Cache-Tag} and what else carries tags. */
  public enum SurrogateHeaders {
    KEEP,
    STRIP
  }

  public ClientView {
    if (cacheControl != null) {
      Check.text("cacheControl", cacheControl);
    }
    Check.present("surrogateHeaders", surrogateHeaders);
  }
}
