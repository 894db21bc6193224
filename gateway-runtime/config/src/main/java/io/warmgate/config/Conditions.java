package io.warmgate.config;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Requests that are not treated as the others of a rule. One condition that holds is enough.
 *
 * @param bypass neither looked up nor stored
 * @param noStore looked up, not stored
 * @param sensitive of questions to models that hold something of a person; null: they are neither
 *     looked up nor stored
 */
public record Conditions(
    List<Condition> bypass,
    List<Condition> noStore,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Sensitive sensitive) {
  /** All are the same. */
  public static final Conditions NONE = new Conditions(List.of(), List.of());

  /** What is done with what is of a person. */
  public enum Sensitive {
    /** As with everything else. */
    ALLOWED
  }

  /** The same, but for what is of a person. */
  public Conditions withoutSensitive() {
    return new Conditions(bypass, noStore);
  }

  /** With nothing of a person. */
  public Conditions(List<Condition> bypass, List<Condition> noStore) {
    this(bypass, noStore, null);
  }

  /**
   * Something in a request.
   *
   * @param name of a header in lower case; of a query parameter or a cookie as it is; of a field of
   *     a question to a model its JSON pointer (RFC 6901)
   * @param value what it has to be; null: that it is there
   */
  public record Condition(Part part, String name, @Nullable String value) {

    /** Where it is. */
    public enum Part {
      HEADER,
      QUERY,
      COOKIE,
      /** Of the content, which has to be JSON for a model; nothing else has any. */
      FIELD
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
