package io.warmgate.crd.v1alpha1;

/**
 * The types of the conditions in a status (GEP-713, Gateway API's conditions). True is the good
 * case, except for {@link #DEGRADED}; {@link #PROGRESSING} is neither.
 */
public enum ConditionType {
  /** The spec is valid and does not collide with another: what it says is wanted. */
  ACCEPTED("Accepted"),
  /** Everything that the spec names is there and may be used. */
  RESOLVED_REFS("ResolvedRefs"),
  /**
   * Every answering pod, and at least one, has acknowledged a revision that contains this
   * generation of the object. Latched: it does not fall back when pods come and go.
   */
  PROGRAMMED("Programmed"),
  /**
   * A model's provider takes the credential that gateways ask it with. Unknown where the provider
   * was not asked, does not answer, or does not say without a question to the model. False stops
   * nothing.
   */
  CREDENTIALS_VALID("CredentialsValid"),
  /** It does its work: a gateway has a ready pod, a Redis answers. */
  READY("Ready"),
  /** What runs is being changed into what is asked. */
  PROGRESSING("Progressing"),
  /** It works, with less than was asked: the reason says what is missing. */
  DEGRADED("Degraded"),
  /**
   * The caches answer most of what they could. False is advice, not a fault: the reason says what
   * keeps the hit ratio low. Absent until there were requests enough to say.
   */
  EFFICIENT("Efficient"),
  /**
   * A {@link CacheInvalidation} is over: no answering pod serves what it named. A {@link
   * CacheWarmup} is over: all of it was asked for.
   */
  COMPLETED("Completed");

  private final String wire;

  ConditionType(String wire) {
    this.wire = wire;
  }

  /** The {@code type} as it stands in a status. */
  public String wire() {
    return wire;
  }
}
