package io.warmgate.config;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;

/**
 * Who may call a rule. A request needs one credential that is accepted; one that has several needs
 * all of them to be one consumer's.
 *
 * @param keyHeaders lower-case fields that an API key is looked for in; {@code authorization}
 *     carries it as a bearer token. Empty: keys are not accepted
 * @param issuers names of {@link Issuer}s whose bearer tokens are accepted; empty: none
 * @param certificates whether the client certificate of the connection is accepted
 * @param callers who is let in
 * @param claimHeaders request fields that the backend gets, by the claim whose value they have; as
 *     a client sent them they never get there
 * @param onUnavailable what is done where somebody has to be asked who does not answer
 * @param forwardCredentials whether the backend gets the credentials
 * @param maxCachedMillis how long the outcome of a verified token is remembered at most; never
 *     beyond its {@code exp}
 */
public record AccessRule(
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> keyHeaders,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> issuers,
    boolean certificates,
    Callers callers,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, String> claimHeaders,
    OnUnavailable onUnavailable,
    boolean forwardCredentials,
    long maxCachedMillis) {

  /** Who is let in. */
  public enum Callers {
    /** A consumer that was granted the route. */
    GRANTED,
    /** Any consumer. */
    CONSUMERS,
    /** Whoever has a credential that verifies, be it no consumer's. */
    VERIFIED,
    /** Everybody; a credential that is there still has to verify. */
    ANYBODY
  }

  /** What is done where a credential cannot be verified because somebody does not answer. */
  public enum OnUnavailable {
    /** 503: nobody gets in who is not known. */
    DENY,
    /** The request goes on as nobody's; partitions and grants of consumers are out of its reach. */
    ALLOW
  }

  public AccessRule {
    keyHeaders = keyHeaders == null ? List.of() : Check.list("keyHeaders", keyHeaders);
    issuers = issuers == null ? List.of() : Check.list("issuers", issuers);
    Check.that(
        !keyHeaders.isEmpty() || !issuers.isEmpty() || certificates,
        "keyHeaders",
        "is empty, and nothing else is accepted");
    Check.present("callers", callers);
    claimHeaders = claimHeaders == null ? Map.of() : Map.copyOf(claimHeaders);
    Check.present("onUnavailable", onUnavailable);
    Check.range("maxCachedMillis", maxCachedMillis, 0, 86_400_000);
  }
}
