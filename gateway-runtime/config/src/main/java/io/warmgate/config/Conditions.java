package io.warmgate.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Requests that are not treated as the others of a rule. One condition that holds is enough.
 *
 * @param bypass neither looked up nor stored
 * @param noStore looked up, not stored
 */
public record Conditions(List<Condition> bypass, List<Condition> noStore) {
  /** All are the same. */
  public static final Conditions NONE = new Conditions(List.of(), List.of());

  /**
   * Something in a request.
   *
   * @param name of a header in lower case; of a query parameter or a cookie as it is
   * @param value what it has to be; null: that it is there
   */
  public record Condition(Part part, String name, @Nullable String value) {

    /** Where it is. */
    public enum Part {
      HEADER,
      QUERY,
      COOKIE
    }

    public Condition {
      Check.present("part", part);
      Check.text("name", name);
    }
  }

  public Conditions {
    bypass = Check.list("bypass", bypass);
    noStore = Check.list("noStore", noStore);
  }
}
