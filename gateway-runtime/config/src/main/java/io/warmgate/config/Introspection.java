package io.warmgate.config;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A service that is asked what a token is (RFC 7662), since it cannot be verified by itself.
 *
 * @param url http or https; asked by POST
 * @param clientId who asks, by HTTP Basic (RFC 6749 §2.3.1)
 * @param clientSecret the password that goes with it
 * @param timeoutMillis how long a request waits for its answer
 * @param maxCachedMillis how long an answer is remembered at most, beside what the rule says and
 *     never beyond {@code exp}
 * @param certificateAuthority PEM bundle; null, and then not written, trusts the system's
 */
public record Introspection(
    String url,
    String clientId,
    ValueRef clientSecret,
    long timeoutMillis,
    long maxCachedMillis,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable ValueRef certificateAuthority) {

  public Introspection {
    Check.url("url", url);
    Check.text("clientId", clientId);
    Check.present("clientSecret", clientSecret);
    Check.range("timeoutMillis", timeoutMillis, 100, 10_000);
    Check.range("maxCachedMillis", maxCachedMillis, 0, 86_400_000);
    Check.authority(url, certificateAuthority);
  }

  /** Every value that it names. */
  public List<ValueRef> values() {
    return certificateAuthority == null
        ? List.of(clientSecret)
        : List.of(clientSecret, certificateAuthority);
  }
}
