package io.warmgate.httpcache;

import org.jspecify.annotations.Nullable;

/**
 * Why the cache did what it did: one word that leads from {@code Cache-Status}, an access log line
 * or a metric's label to the rule and its text. Tokens are stable; constants may be added.
 */
public enum Reason {
  // Served from the cache.
  /** The entry is fresh. */
  FRESH("fresh", "RFC 9111 §4.2", null),
  /** The entry is stale, within the request's {@code max-stale}. */
  STALE_ACCEPTED("stale-accepted", "RFC 9111 §5.2.1.2", null),
  /** The entry is stale, and is being revalidated meanwhile. */
  STALE_WHILE_REVALIDATE("stale-while-revalidate", "RFC 5861 §3", null),
  /** The entry is stale, and the origin failed to give another. */
  STALE_IF_ERROR("stale-if-error", "RFC 5861 §4", Forwarded.STALE),
  /** The origin said that the entry is still right. */
  VALIDATED("validated", "RFC 9111 §4.3.3", Forwarded.STALE),

  // Forwarded: nothing usable is there.
  /** The lookup found nothing for the target. */
  NOTHING_FOUND("nothing-found", "RFC 9111 §4", Forwarded.URI_MISS),
  /** Stored, but for other values of the fields that {@code Vary} names. */
  OTHER_VARIANT("other-variant", "RFC 9111 §4.1", Forwarded.VARY_MISS),
  /** What is stored was purged. */
  PURGED("purged", "gateway: invalidation", Forwarded.MISS),
  /** What is stored is damaged, of another format, or another key's. */
  UNREADABLE("unreadable", "gateway: entry format", Forwarded.MISS),

  /** What is stored is not all that was asked for: of a range, or of a question's items. */
  PARTLY_STORED("partly-stored", "RFC 9111 §3.3", Forwarded.PARTIAL),

  // Forwarded: the entry needs the origin's word.
  /** The entry's freshness lifetime is over. */
  STALE("stale", "RFC 9111 §4.2.4", Forwarded.STALE),
  /** The response said {@code no-cache}. */
  NO_CACHE("no-cache", "RFC 9111 §5.2.2.4", Forwarded.STALE),
  /** The request said {@code no-cache}. */
  REQUEST_NO_CACHE("request-no-cache", "RFC 9111 §5.2.1.4", Forwarded.REQUEST),
  /** Older than the request's {@code max-age}. */
  REQUEST_MAX_AGE("request-max-age", "RFC 9111 §5.2.1.1", Forwarded.REQUEST),
  /** Not fresh for long enough for the request's {@code min-fresh}. */
  REQUEST_MIN_FRESH("request-min-fresh", "RFC 9111 §5.2.1.3", Forwarded.REQUEST),
  /** The entry is stale, and the response to a HEAD tells of another representation. */
  HEAD_DIFFERS("head-differs", "RFC 9111 §4.3.5", Forwarded.STALE),

  // Forwarded: nothing for the cache.
  /** No cache policy for the route. */
  NO_POLICY("no-policy", "gateway: policy", Forwarded.BYPASS),
  /** Neither GET nor HEAD. */
  METHOD("method", "RFC 9111 §3", Forwarded.METHOD),
  /** A GET or HEAD with content: it is not in the key. */
  REQUEST_CONTENT("request-content", "RFC 9110 §9.3.1", Forwarded.BYPASS),
  /** A precondition that is only the origin's to evaluate. */
  PRECONDITION("precondition", "RFC 9110 §13.1", Forwarded.BYPASS),
  /** Parts were asked for, and neither they nor the whole are there. */
  RANGE("range", "RFC 9110 §14.2", Forwarded.BYPASS),
  /** The policy has the request bypass the cache. */
  BYPASS("bypass", "gateway: policy", Forwarded.BYPASS),
  /** Answers are kept for each verified caller, and the request's is not known. */
  NO_CALLER("no-caller", "gateway: partition", Forwarded.BYPASS),
  /** The backend is told of the caller in a field that the key does not have. */
  UNKEYED_CLAIM("unkeyed-claim", "gateway: what is forwarded is keyed", Forwarded.BYPASS),
  /** No invalidation channel lives: what is stored may have been purged. */
  LOG_LOST("log-lost", "gateway: invalidation", Forwarded.BYPASS),

  // Refused.
  /** The client wants no fetch. */
  ONLY_IF_CACHED("only-if-cached", "RFC 9111 §5.2.1.7", null),

  // Kept.
  /** With the lifetime that the origin gave. */
  EXPLICIT("explicit", "RFC 9111 §4.2.1", null),
  /** With a tenth of its age since it was modified. */
  HEURISTIC("heuristic", "RFC 9111 §4.2.2", null),
  /** With the policy's lifetime. */
  POLICY_TTL("policy-ttl", "RFC 9111 §4.2.2", null),
  /** With the policy's lifetime, whatever the origin said. */
  OVERRIDDEN("overridden", "gateway: policy", null),
  /** Not fresh, but the origin can be asked whether it still is right. */
  FOR_VALIDATION("for-validation", "RFC 9111 §4.3.1", null),

  // Not kept.
  /** The response to a HEAD has no content to keep. */
  HEAD("head", "RFC 9111 §3", null),
  /** Interim, partial, or an answer to this request's conditions. */
  STATUS("status", "RFC 9111 §3", null),
  /** An error that the request itself may have caused. */
  ERROR_STATUS("error-status", "gateway: errors are not shared", null),
  /** {@code must-understand}, and the status is not understood. */
  MUST_UNDERSTAND("must-understand", "RFC 9111 §5.2.2.3", null),
  /** The response said {@code no-store}. */
  NO_STORE("no-store", "RFC 9111 §5.2.2.5", null),
  /** The request said {@code no-store}. */
  REQUEST_NO_STORE("request-no-store", "RFC 9111 §5.2.1.5", null),
  /** For one user's cache. */
  PRIVATE("private", "RFC 9111 §5.2.2.7", null),
  /** The request had credentials and the response does not allow sharing. */
  AUTHORIZATION("authorization", "RFC 9111 §3.5", null),
  /** The URL has a credential or a session in it, and the response does not allow sharing. */
  CREDENTIALS_IN_URL("credentials-in-url", "gateway: a URL's credentials", null),
  /** The response sets a cookie. */
  SET_COOKIE("set-cookie", "RFC 9111 §7.3", null),
  /** The request had a cookie and the response does not say that it is for everybody. */
  COOKIE("cookie", "RFC 9111 §7.3", null),
  /** The 304 names more selecting fields than the entry was chosen by. */
  VARY_WIDENED("vary-widened", "RFC 9111 §4.3.4", null),
  /** {@code Vary: *}: no request matches. */
  VARY_ANY("vary-any", "RFC 9111 §4.1", null),
  /** {@code Vary} names too many fields, or too many variants are stored. */
  VARY_LIMIT("vary-limit", "gateway: variants are bounded", null),
  /** The response has more tags, or longer ones, than are kept. */
  TAG_LIMIT("tag-limit", "gateway: tags are bounded", null),
  /** No explicit freshness, and the status or the response gives none to guess. */
  NO_FRESHNESS("no-freshness", "RFC 9111 §3", null),
  /** Stale on arrival, and nothing to validate it with. */
  EXPIRED("expired", "RFC 9111 §4.2", null),
  /** The body is larger than an entry may be. */
  TOO_LARGE("too-large", "gateway: size limit", null),
  /** The body is smaller than the policy has entries. */
  TOO_SMALL("too-small", "gateway: policy", null),
  /** Not asked for often enough to be worth its place. */
  RARELY_ASKED("rarely-asked", "gateway: policy", null),
  /** The policy has the request's response not stored. */
  UNSTORED("unstored", "gateway: policy", null),
  /** The response did not arrive whole. */
  INCOMPLETE("incomplete", "RFC 9111 §3.3", null),
  /** The part cannot be told from one of another representation. */
  NO_STRONG_TAG("no-strong-tag", "RFC 9111 §3.4", null),
  /** The response is of several parts. */
  SEVERAL_PARTS("several-parts", "RFC 9110 §15.3.7.2", null),
  /** The response does not say which part it is, or of how much. */
  UNKNOWN_PART("unknown-part", "RFC 9110 §14.4", null),
  /** The store already holds what a later request fetched. */
  SUPERSEDED("superseded", "gateway: order of fills", null),

  // Answers of models: not looked up for the question's sake, or not kept for the answer's.
  /** The provider keeps the conversation, or goes on from one that it kept. */
  STATEFUL("stateful", "gateway: answers of models", Forwarded.BYPASS),
  /** Several answers to one question. */
  MANY_CHOICES("many-choices", "gateway: answers of models", Forwarded.BYPASS),
  /** Probabilities, which no other client's form has. */
  LOGPROBS("logprobs", "gateway: answers of models", Forwarded.BYPASS),
  /** Speech, in or out. */
  AUDIO("audio", "gateway: answers of models", Forwarded.BYPASS),
  /** Tools that the provider runs: what they find, or do, is of the moment. */
  HOSTED_TOOLS("hosted-tools", "gateway: answers of models", Forwarded.BYPASS),
  /** A picture behind a URL may be another one tomorrow. */
  REMOTE_IMAGE("remote-image", "gateway: answers of models", Forwarded.BYPASS),
  /** JSON was asked for, and the answer is none. */
  NOT_JSON("not-json", "gateway: answers of models", null),
  /** The question holds something of a person, and the policy does not allow keeping that. */
  SENSITIVE("sensitive", "gateway: answers of models", Forwarded.BYPASS),
  /** A file at the provider's: its id says nothing of its content. */
  FILE_REFERENCE("file-reference", "gateway: answers of models", Forwarded.BYPASS),
  /** Content of a kind that is not known. */
  NOT_UNDERSTOOD("not-understood", "gateway: answers of models", Forwarded.BYPASS),
  /** What a model is, or whether it is ready: of the moment. */
  MODEL_STATE("model-state", "gateway: answers of models", Forwarded.BYPASS),
  /** An error inside a 200 or a stream, or a body that cannot be read. */
  MODEL_ERROR("model-error", "gateway: answers of models", null),
  /** The stream broke off before its last event. */
  STREAM_CUT("stream-cut", "gateway: answers of models", null),
  /** Nothing says why the answer ended. */
  NO_STOP_REASON("no-stop-reason", "gateway: answers of models", null),
  /** The answer is as long as it may be, not as long as it should. */
  TRUNCATED("truncated", "gateway: answers of models", null),
  /** A content filter cut the answer. */
  FILTERED("filtered", "gateway: answers of models", null),
  /** The model will not: asked again it may. */
  REFUSED("refused", "gateway: answers of models", null),
  /** The provider wants to be asked to go on. */
  PAUSED("paused", "gateway: answers of models", null),
  /** The answer ended for a reason that is not known here. */
  UNKNOWN_STOP_REASON("unknown-stop-reason", "gateway: answers of models", null),
  /** Tools are to be called that nobody declared read-only. */
  TOOL_CALLS("tool-calls", "gateway: answers of models", null),
  /** A call whose arguments are no JSON object. */
  MALFORMED_TOOL_CALL("malformed-tool-call", "gateway: answers of models", null),
  /** Nothing was said. */
  EMPTY("empty", "gateway: answers of models", null),
  /** Another model than the one that was chosen answered. */
  FALLBACK("fallback", "gateway: answers of models", null),
  /** What is stored of the question's items is of several models. */
  SEVERAL_MODELS("several-models", "gateway: answers of models", Forwarded.STALE),

  // Passed on while validating.
  /** The origin failed to answer the validation. */
  VALIDATION_FAILED("validation-failed", "RFC 9111 §4.3.3", Forwarded.STALE),
  /** The 304 is about another representation than the one stored. */
  OTHER_REPRESENTATION("other-representation", "RFC 9111 §4.3.4", Forwarded.STALE);

  /** RFC 9211 §2.2: why a request was forwarded. */
  public enum Forwarded {
    BYPASS("bypass"),
    METHOD("method"),
    URI_MISS("uri-miss"),
    VARY_MISS("vary-miss"),
    MISS("miss"),
    REQUEST("request"),
    PARTIAL("partial"),
    STALE("stale");

    private final String token;

    Forwarded(String token) {
      this.token = token;
    }

    public String token() {
      return token;
    }
  }

  private final String token;
  private final String source;
  private final @Nullable Forwarded forwarded;

  Reason(String token, String source, @Nullable Forwarded forwarded) {
    this.token = token;
    this.source = source;
    this.forwarded = forwarded;
  }

  /** Stable, lower-case with hyphens: an RFC 9651 token, a log value, a metric's label. */
  public String token() {
    return token;
  }

  /** The section that the rule comes from, or {@code gateway: …} for a rule of our own. */
  public String source() {
    return source;
  }

  /** The {@code fwd} parameter of {@code Cache-Status}; null where nothing is forwarded for it. */
  public @Nullable Forwarded forwarded() {
    return forwarded;
  }
}
