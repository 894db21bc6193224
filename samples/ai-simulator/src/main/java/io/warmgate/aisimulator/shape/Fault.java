package io.warmgate.aisimulator.shape;

import java.io.Serial;

/** A field that is not as it has to be. Each provider says it in its own words. */
public final class Fault extends Exception {
  @Serial private static final long serialVersionUID = 1;

  /** What is wrong. */
  public enum Kind {
    /** No such field exists here. */
    UNKNOWN,
    /** The field has to be there. */
    MISSING,
    /** Another JSON type is expected. */
    TYPE,
    /** None of the values that are allowed. */
    VALUE,
    /** A number too small, or too few elements or characters. */
    BELOW,
    /** A number too large, or too many elements or characters. */
    ABOVE,
    /** Right by itself, and not beside the rest of the request. */
    RULE
  }

  private final Kind kind;
  private final transient FieldPath at;
  private final String expected;
  private final String actual;

  /**
   * A fault.
   *
   * @param expected what would be right; for {@link Kind#RULE} the whole sentence
   * @param actual what is there; may be empty
   */
  public Fault(Kind kind, FieldPath at, String expected, String actual) {
    super(kind + " at " + at.bracketed() + ": " + expected);
    this.kind = kind;
    this.at = at;
    this.expected = expected;
    this.actual = actual;
  }

  /** A request that breaks a rule about several of its fields. */
  public static Fault rule(FieldPath at, String sentence) {
    return new Fault(Kind.RULE, at, sentence, "");
  }

  public Kind kind() {
    return kind;
  }

  public FieldPath at() {
    return at;
  }

  public String expected() {
    return expected;
  }

  public String actual() {
    return actual;
  }
}
