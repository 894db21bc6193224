package io.warmgate.config;

import org.jspecify.annotations.Nullable;

/**
 * What a cache policy can say that the first rules of format 1 did not have. Each part may be left
 * out; the whole is not written where it says nothing, so that a runtime that does not know it goes
 * on reading.
 *
 * @param lifetimes of answers
 * @param keyParts more of the key
 * @param expiry of entries
 * @param methods of requests
 * @param conditions on requests
 * @param admission of answers
 * @param client what clients are told
 */
public record CacheOptions(
    Lifetimes lifetimes,
    KeyParts keyParts,
    Expiry expiry,
    Methods methods,
    Conditions conditions,
    Admission admission,
    ClientView client) {
  /** Nothing is said. */
  public static final CacheOptions NONE = new CacheOptions(Lifetimes.NONE, KeyParts.NONE);

  /** The value that is not written: Jackson asks it whether a value equals it. */
  static final class Unsaid {
    @Override
    public boolean equals(@Nullable Object value) {
      return value == null || value.equals(NONE);
    }

    @Override
    public int hashCode() {
      return NONE.hashCode();
    }
  }

  public CacheOptions {
    lifetimes = lifetimes == null ? Lifetimes.NONE : lifetimes;
    keyParts = keyParts == null ? KeyParts.NONE : keyParts;
    expiry = expiry == null ? Expiry.NONE : expiry;
    methods = methods == null ? Methods.SAFE : methods;
    conditions = conditions == null ? Conditions.NONE : conditions;
    admission = admission == null ? Admission.ALL : admission;
    client = client == null ? ClientView.ORIGINS : client;
  }

  /** The same under other conditions. */
  public CacheOptions with(Conditions others) {
    return new CacheOptions(lifetimes, keyParts, expiry, methods, others, admission, client);
  }

  /** Of lifetimes and keys alone. */
  public CacheOptions(Lifetimes lifetimes, KeyParts keyParts) {
    this(
        lifetimes,
        keyParts,
        Expiry.NONE,
        Methods.SAFE,
        Conditions.NONE,
        Admission.ALL,
        ClientView.ORIGINS);
  }
}
