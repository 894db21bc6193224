package io.warmgate.config;

import org.jspecify.annotations.Nullable;

/**
 * How one of a backend's endpoints is chosen.
 *
 * @param hashOn what is hashed; required with {@code CONSISTENT_HASH}, absent otherwise
 */
public record LoadBalancing(Policy policy, @Nullable HashOn hashOn) {

  /** The ways to choose. */
  public enum Policy {
    /** The one of two random endpoints with fewer requests under way. */
    LEAST_REQUEST,
    ROUND_ROBIN,
    /** The same endpoint for the same value, and few moves when endpoints come and go. */
    CONSISTENT_HASH
  }

  /**
   * What is hashed.
   *
   * @param name of the header or cookie; null with {@code CLIENT_IP}
   */
  public record HashOn(Source source, @Nullable String name) {

    /** Where the value is taken from. */
    public enum Source {
      HEADER,
      COOKIE,
      CLIENT_IP
    }

    public HashOn {
      Check.present("source", source);
      Check.that(
          (source == Source.CLIENT_IP) == (name == null), "name", "goes with a header or cookie");
    }
  }

  public LoadBalancing {
    Check.present("policy", policy);
    Check.that(
        (policy == Policy.CONSISTENT_HASH) == (hashOn != null),
        "hashOn",
        "goes with CONSISTENT_HASH, and only there");
  }
}
