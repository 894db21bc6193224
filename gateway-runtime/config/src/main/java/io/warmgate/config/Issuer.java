package io.warmgate.config;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/**
 * Who signs tokens (RFC 7519), and how they are checked.
 *
 * @param name what rules call it
 * @param issuer a token's {@code iss} is exactly this
 * @param audiences a token's {@code aud} has one of them; never empty
 * @param algorithms names of RFC 7518 §3.1, asymmetric ones alone; any other in a token's header is
 *     refused. Never empty
 * @param keys where the public keys are
 * @param clockSkewMillis by which {@code exp} and {@code nbf} are stretched
 */
public record Issuer(
    String name,
    String issuer,
    List<String> audiences,
    List<String> algorithms,
    Keys keys,
    long clockSkewMillis) {

  /** A JWK Set (RFC 7517 §5). */
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Keys.Fetched.class, name = "fetched"),
    @JsonSubTypes.Type(value = Keys.Given.class, name = "given")
  })
  public sealed interface Keys {
    /**
     * Asked for over HTTP.
     *
     * @param url http or https
     * @param refreshMillis how old they may be before they are asked for again, in the background
     * @param maxStaleMillis how old they may be where they cannot be had; beyond that no token is
     *     verified
     */
    record Fetched(String url, long refreshMillis, long maxStaleMillis) implements Keys {
      public Fetched {
        Check.that(
            Check.text("url", url).matches("https?://[^\\s/]+.*"),
            "url",
            "is no http or https URL");
        Check.range("refreshMillis", refreshMillis, 1_000, Long.MAX_VALUE);
        Check.range("maxStaleMillis", maxStaleMillis, refreshMillis, Long.MAX_VALUE);
      }
    }

    /** In a Secret, as JSON. */
    record Given(ValueRef value) implements Keys {
      public Given {
        Check.present("value", value);
      }
    }
  }

  public Issuer {
    Check.text("name", name);
    Check.text("issuer", issuer);
    audiences = Check.list("audiences", audiences);
    Check.that(!audiences.isEmpty(), "audiences", "is empty");
    algorithms = Check.list("algorithms", algorithms);
    Check.that(!algorithms.isEmpty(), "algorithms", "is empty");
    for (String algorithm : algorithms) {
      Check.that(
          algorithm.matches("(RS|PS|ES)(256|384|512)|EdDSA"),
          "algorithms",
          "has '" + algorithm + "', which is not asymmetric");
    }
    Check.present("keys", keys);
    Check.range("clockSkewMillis", clockSkewMillis, 0, 600_000);
  }
}
