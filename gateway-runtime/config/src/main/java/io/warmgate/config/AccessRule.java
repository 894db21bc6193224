package io.warmgate.config;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who may call a rule. A request needs one credential that is accepted; one that has several needs
 * all of them to be one consumer's.
 *
 * @param keyHeaders lower-case fields that an API key is looked for in; {@code authorization}
 *     carries it as a bearer token. Empty: keys are not accepted
 * @param issuers names of {@link Issuer}s whose bearer tokens are accepted; empty: none
 * @param certificates whether the client certificate of the connection is accepted
 * @param callers who is let in
 * @param claimHeaders request fields that the backend gets, each with the name of the claim whose
 *     value it has; as a client sent them they never get there
 * @param onUnavailable what is done where somebody has to be asked who does not answer
 * @param forwardCredentials whether the backend gets the credentials
 * @param maxCachedMillis how long the outcome of a verified token is remembered at most; never
 *     beyond its {@code exp}
 * @param external who else is asked, once it is known who calls; null, and then not written: nobody
 */
public record AccessRule(
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> keyHeaders,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> issuers,
    boolean certificates,
    Callers callers,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, String> claimHeaders,
    OnUnavailable onUnavailable,
    boolean forwardCredentials,
    long maxCachedMillis,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable ExternalCall external) {

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
    Check.present("callers", callers);
    Check.that(
        !keyHeaders.isEmpty()
            || !issuers.isEmpty()
            || certificates
            || (external != null && callers == Callers.ANYBODY),
        "keyHeaders",
        "is empty, and nothing else is accepted");
    claimHeaders = claimHeaders == null ? Map.of() : Map.copyOf(claimHeaders);
    Check.present("onUnavailable", onUnavailable);
    Check.range("maxCachedMillis", maxCachedMillis, 0, 86_400_000);
  }

  /** Nobody else is asked. */
  public AccessRule(
      List<String> keyHeaders,
      List<String> issuers,
      boolean certificates,
      Callers callers,
      Map<String, String> claimHeaders,
      OnUnavailable onUnavailable,
      boolean forwardCredentials,
      long maxCachedMillis) {
    this(
        keyHeaders,
        issuers,
        certificates,
        callers,
        claimHeaders,
        onUnavailable,
        forwardCredentials,
        maxCachedMillis,
        null);
  }

  /** Whether some credential is accepted: else it is never known who calls. */
  public boolean hasCredentials() {
    return !keyHeaders.isEmpty() || !issuers.isEmpty() || certificates;
  }

  /** Every value that it names. */
  public List<ValueRef> values() {
    return external == null || external.certificateAuthority() == null
        ? List.of()
        : List.of(external.certificateAuthority());
  }

  /** The same, with tokens of these issuers alone. */
  public AccessRule withIssuers(List<String> others) {
    return new AccessRule(
        keyHeaders,
        others,
        certificates,
        callers,
        claimHeaders,
        onUnavailable,
        forwardCredentials,
        maxCachedMillis,
        external);
  }
}
