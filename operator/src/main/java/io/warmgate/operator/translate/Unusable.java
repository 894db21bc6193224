package io.warmgate.operator.translate;

import io.warmgate.crd.v1alpha1.ConditionReason;
import io.warmgate.crd.v1alpha1.ConditionType;

/** A field of a user's object that cannot be used; never leaves this package. */
final class Unusable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ConditionType type;
  private final ConditionReason reason;
  private final String path;
  private final String problem;

  private Unusable(ConditionType type, ConditionReason reason, String path, String problem) {
    super(path + ": " + problem, null, false, false);
    this.type = type;
    this.reason = reason;
    this.path = path;
    this.problem = problem;
  }

  /** What is written there is wrong. */
  static Unusable invalid(String path, String problem) {
    return new Unusable(ConditionType.ACCEPTED, ConditionReason.INVALID, path, problem);
  }

  /** What is named there cannot be had. */
  static Unusable unresolved(ConditionReason reason, String path, String problem) {
    return new Unusable(ConditionType.RESOLVED_REFS, reason, path, problem);
  }

  boolean isInvalid() {
    return type == ConditionType.ACCEPTED;
  }

  /** The same as it is seen from a field that names the object. */
  Unusable through(String from, String object) {
    return unresolved(
        isInvalid() ? ConditionReason.BACKEND_NOT_ACCEPTED : reason, from, object + ": " + text());
  }

  String text() {
    return String.valueOf(getMessage());
  }

  Finding in(ObjectKey object) {
    return new Finding(object, type, reason, text());
  }

  /**
   * @param consequence what comes of it, where that is not to be guessed
   */
  Finding in(ObjectKey object, String consequence) {
    return new Finding(object, type, reason, path + ": " + consequence + ", since " + problem);
  }
}
