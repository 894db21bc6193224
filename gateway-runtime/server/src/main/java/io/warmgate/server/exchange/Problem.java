package io.warmgate.server.exchange;

/** Every answer that the gateway itself makes up, RFC 9457 in its body. */
public enum Problem {
  BAD_REQUEST(400, "bad-request", "The request is not valid HTTP."),
  BAD_PATH(400, "bad-path", "The path is ambiguous or leaves the root."),
  MODEL_REQUEST(400, "model-request", "The model cannot be asked this."),
  KEY_MISSING(400, "idempotency-key-missing", "The request needs an idempotency key."),
  KEY_MALFORMED(400, "idempotency-key-malformed", "The idempotency key is not one."),
  NO_CREDENTIAL(401, "no-credential", "A credential is needed."),
  BAD_CREDENTIAL(401, "bad-credential", "The credential is not accepted."),
  NO_GRANT(403, "no-grant", "The caller may not call this."),
  PENDING_APPROVAL(403, "pending-approval", "The caller's request for this is not decided yet."),
  REJECTED(403, "rejected", "The caller's request for this was rejected."),
  REVOKED(403, "revoked", "The caller may not call this any more."),
  EXTERNAL(403, "external", "The caller may not make this request."),
  UNPRICED(403, "unpriced", "The model has no price in the currency of a limit."),
  PREVIEW_REFUSED(403, "preview-refused", "The preview token is not this gateway's."),
  NO_ROUTE(404, "no-route", "No route matches the request."),
  METHOD_NOT_ALLOWED(405, "method-not-allowed", "The method is not served here."),
  NO_OPERATION(404, "no-operation", "Nothing is asked of models at this path."),
  NO_MODEL(404, "no-model", "There is no model of this name."),
  HEAD_TIMEOUT(408, "head-timeout", "The request's head did not arrive in time."),
  KEY_IN_USE(
      409, "idempotency-key-in-use", "A request with this idempotency key is being answered."),
  OUTCOME_UNKNOWN(
      409,
      "idempotency-outcome-unknown",
      "What became of the request with this idempotency key is not known."),
  BODY_TOO_LARGE(413, "body-too-large", "The request's body is too large."),
  KEYED_BODY_TOO_LARGE(
      413,
      "idempotency-body-too-large",
      "The request's body is larger than one with an idempotency key may be."),
  WRONG_HOST(421, "wrong-host", "The host is not served on this listener."),
  /** RFC 9110 §15.5.20: over another connection it may be answered. */
  WRONG_CERTIFICATE(
      421, "wrong-certificate", "The connection's client certificate is not accepted here."),
  KEY_REUSED(422, "idempotency-key-reused", "The idempotency key was used with another request."),
  NOT_REPLAYABLE(
      422,
      "idempotency-not-replayable",
      "The request was answered before, and its answer was not kept."),
  /** RFC 6585 §4. */
  LIMITED(429, "limited", "More was asked for than a limit admits."),
  HEAD_TOO_LARGE(431, "head-too-large", "The request's header fields are too large."),
  UNAVAILABLE(500, "backend-unresolved", "The route's backend is not configured correctly."),
  INTERNAL(500, "internal", "The gateway failed."),
  BAD_GATEWAY(502, "backend-failed", "The backend could not be reached or broke off."),
  MODEL_ANSWER(502, "model-answer", "The model's answer cannot be passed on."),
  REFUSED_ADDRESS(502, "backend-refused", "The backend's address may not be asked."),
  UNVERIFIABLE(503, "unverifiable", "The credential cannot be verified now."),
  KEYS_UNAVAILABLE(503, "idempotency-unavailable", "Idempotency keys cannot be looked up now."),
  NO_ENDPOINT(503, "no-endpoint", "The backend has no endpoint."),
  OVERLOADED(503, "backend-overloaded", "The backend is at its limit."),
  BACKEND_TIMEOUT(504, "backend-timeout", "The backend did not answer in time."),
  LOOP(508, "loop", "The request came through this gateway before.");

  private final int status;
  private final String token;
  private final String title;

  Problem(int status, String token, String title) {
    this.status = status;
    this.token = token;
    this.title = title;
  }

  public int status() {
    return status;
  }

  /** Stable, for logs, metric labels and the body's {@code type}. */
  public String token() {
    return token;
  }

  public String title() {
    return title;
  }
}
