package io.warmgate.config;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whose tokens are taken, and how they are checked: by the issuer's keys (RFC 7519), or by asking
 * it (RFC 7662); by one of the two.
 *
 * @param name what rules call it
 * @param issuer a token's {@code iss} is exactly this; null, where it is asked: not looked at
 * @param audiences a token's {@code aud} has one of them; empty, where it is asked: not looked at
 * @param algorithms names of RFC 7518 §3.1, asymmetric ones alone; any other in a token's header is
 *     refused. Empty where it is asked, and nowhere else
 * @param keys where the public keys are; null: it is asked
 * @param clockSkewMillis by which {@code exp} and {@code nbf} are stretched
 * @param introspection where it is asked; null, and then not written: its keys are known
 */
public record Issuer(
    String name,
    @Nullable String issuer,
    List<String> audiences,
    List<String> algorithms,
    @Nullable Keys keys,
    long clockSkewMillis,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Introspection introspection) {

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
     * @param certificateAuthority PEM bundle; null, and then not written, trusts the system's
     */
    record Fetched(
        String url,
        long refreshMillis,
        long maxStaleMillis,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable ValueRef certificateAuthority)
        implements Keys {
      public Fetched {
        Check.url("url", url);
        Check.range("refreshMillis", refreshMillis, 1_000, Long.MAX_VALUE);
        Check.range("maxStaleMillis", maxStaleMillis, refreshMillis, Long.MAX_VALUE);
        Check.authority(url, certificateAuthority);
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
    audiences = Check.list("audiences", audiences);
    algorithms = Check.list("algorithms", algorithms);
    if (introspection == null) {
      Check.present("keys", keys);
      Check.text("issuer", issuer);
      Check.that(!audiences.isEmpty(), "audiences", "is empty");
      Check.that(!algorithms.isEmpty(), "algorithms", "is empty");
    } else {
      Check.that(keys == null, "keys", "is there beside introspection");
      Check.that(algorithms.isEmpty(), "algorithms", "is there beside introspection");
      Check.that(issuer == null || !issuer.isBlank(), "issuer", "is empty");
    }
    for (String algorithm : algorithms) {
      Check.that(
          algorithm.matches("(RS|PS|ES)(256|384|512)|EdDSA"),
          "algorithms",
          "has '" + algorithm + "', which is not asymmetric");
    }
    Check.range("clockSkewMillis", clockSkewMillis, 0, 600_000);
  }

  /** Whose keys are known. */
  public Issuer(
      String name,
      String issuer,
      List<String> audiences,
      List<String> algorithms,
      Keys keys,
      long clockSkewMillis) {
    this(name, issuer, audiences, algorithms, keys, clockSkewMillis, null);
  }

  /** Every value that it names. */
  public List<ValueRef> values() {
    return switch (keys) {
      case Keys.Given(ValueRef value) -> List.of(value);
      case Keys.Fetched fetched ->
          fetched.certificateAuthority() == null
              ? List.of()
              : List.of(fetched.certificateAuthority());
      case null -> introspection == null ? List.of() : introspection.values();
    };
  }
}
