package io.warmgate.server.access;

import io.warmgate.server.exchange.Problem;

/**
 * Why a request is not let in. The client is told the problem alone; the label, which tells more,
 * is for the gateway's owner: in the access log and as a metric's label.
 */
enum Refusal {
  /** The rule needs one. */
  NO_CREDENTIAL("no-credential", Problem.NO_CREDENTIAL),
  /** Not of the form that RFC 6750 §2.1 gives it, or its field is there twice. */
  MALFORMED("malformed", Problem.BAD_CREDENTIAL),
  /** Longer than any that is looked at. */
  TOO_LONG("too-long", Problem.BAD_CREDENTIAL),
  /** Credentials of more than one caller. */
  SEVERAL_CALLERS("several-callers", Problem.BAD_CREDENTIAL),
  UNKNOWN_KEY("unknown-key", Problem.BAD_CREDENTIAL),
  KEY_EXPIRED("key-expired", Problem.BAD_CREDENTIAL),
  UNKNOWN_CERTIFICATE("unknown-certificate", Problem.BAD_CREDENTIAL),
  /** No JWT in the compact form (RFC 7519 §7.2). */
  NO_TOKEN("no-token", Problem.BAD_CREDENTIAL),
  /** An algorithm that the issuer does not sign with, {@code none} among them. */
  ALGORITHM("algorithm", Problem.BAD_CREDENTIAL),
  /** RFC 7519 §4.1.1: {@code iss} is none that the rule takes. */
  ISSUER("issuer", Problem.BAD_CREDENTIAL),
  /** RFC 7519 §4.1.3: {@code aud} names somebody else. */
  AUDIENCE("audience", Problem.BAD_CREDENTIAL),
  /** RFC 7519 §4.1.4: {@code exp} is over, or is not there. */
  TOKEN_EXPIRED("token-expired", Problem.BAD_CREDENTIAL),
  /** RFC 7519 §4.1.5: {@code nbf} is still to come. */
  NOT_YET("not-yet", Problem.BAD_CREDENTIAL),
  /** The issuer has no such key. */
  UNKNOWN_SIGNER("unknown-signer", Problem.BAD_CREDENTIAL),
  SIGNATURE("signature", Problem.BAD_CREDENTIAL),
  /** RFC 7662 §2.2: its issuer says that it is none, or none any more. */
  INACTIVE("inactive", Problem.BAD_CREDENTIAL),

  /** Verified, and no consumer's. */
  NO_CONSUMER("no-consumer", Problem.NO_GRANT),
  /** The consumer did not ask for the route. */
  NO_GRANT("no-grant", Problem.NO_GRANT),
  PENDING("pending-approval", Problem.PENDING_APPROVAL),
  REJECTED("rejected", Problem.REJECTED),
  /** The grant, the key or the consumer. */
  REVOKED("revoked", Problem.REVOKED),
  /** The user's service says no. */
  EXTERNAL("external", Problem.EXTERNAL),

  /** The issuer's keys cannot be had. */
  NO_KEYS("no-keys", Problem.UNVERIFIABLE),
  /** The issuer, who has to be asked, does not say what the token is. */
  NO_ANSWER("no-answer", Problem.UNVERIFIABLE),
  /** The user's service does not say whether the request may go on. */
  NO_DECISION("no-decision", Problem.UNVERIFIABLE),
  /** More tokens to verify, or more to ask, than the pod does. */
  BUSY("busy", Problem.UNVERIFIABLE);

  private final String label;
  private final Problem problem;

  Refusal(String label, Problem problem) {
    this.label = label;
    this.problem = problem;
  }

  /** Stable: one word for the access log and the metric. */
  String label() {
    return label;
  }

  Problem problem() {
    return problem;
  }
}
