package io.warmgate.config;

import java.util.List;

/**
 * Requests of which methods are looked up.
 *
 * @param names of them
 * @param maxContentBytes a POST with more content is passed on
 */
public record Methods(List<Name> names, long maxContentBytes) {
  /** How much content of a POST is read for its key where nothing is said. */
  public static final long DEFAULT_MAX_CONTENT = 64 << 10;

  /** GET and HEAD. */
  public static final Methods SAFE = new Methods(List.of(Name.GET, Name.HEAD), DEFAULT_MAX_CONTENT);

  /** A method. */
  public enum Name {
    GET,
    HEAD,
    /** Its content is in the key. */
    POST
  }

  public Methods {
    names = Check.list("names", names);
    Check.that(!names.isEmpty(), "names", "is empty");
    Check.range("maxContentBytes", maxContentBytes, 0, Integer.MAX_VALUE);
  }
}
