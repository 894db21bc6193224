package io.warmgate.config;

import java.util.List;
import java.util.Locale;

/**
 * How a rule takes idempotency keys: a request that is sent again with its key gets the answer of
 * the first, and the backend is not asked again (draft-ietf-httpapi-idempotency-key-header-07).
 *
 * @param keyHeader lower-case field that carries the key
 * @param mode whether a request may come without one
 * @param keepMillis how long a key is remembered, from the first request and again from its answer
 * @param methods requests by which; never empty
 * @param maxContentBytes how much content a request with a key may have, and an answer that is kept
 * @param onUnavailable what is done where keys cannot be looked up
 */
public record IdempotencyRule(
    String keyHeader,
    Mode mode,
    long keepMillis,
    List<Method> methods,
    long maxContentBytes,
    OnUnavailable onUnavailable) {

  /** Whether a request may come without a key. */
  public enum Mode {
    /** Without one it goes its way as if there were no rule. */
    OPTIONAL,
    /** Without one it is a 400. */
    REQUIRED
  }

  /** The methods that can be protected. */
  public enum Method {
    POST,
    PATCH,
    PUT,
    DELETE
  }

  /** What is done where Redis does not answer, or there is none. */
  public enum OnUnavailable {
    /** 503: no request is taken that might be done twice. */
    DENY,
    /** The backend is asked, once for each time that it is sent. */
    ALLOW
  }

  public IdempotencyRule {
    Check.text("keyHeader", keyHeader);
    Check.that(
        keyHeader.equals(keyHeader.toLowerCase(Locale.ROOT)), "keyHeader", "is not in lower case");
    Check.present("mode", mode);
    Check.range("keepMillis", keepMillis, 1_000, 31L * 86_400_000);
    methods = Check.list("methods", methods);
    Check.that(!methods.isEmpty(), "methods", "is empty");
    Check.unique("methods", "name", methods, Method::name);
    Check.range("maxContentBytes", maxContentBytes, 0, 16 << 20);
    Check.present("onUnavailable", onUnavailable);
  }
}
