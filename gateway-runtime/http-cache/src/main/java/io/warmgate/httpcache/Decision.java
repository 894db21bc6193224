package io.warmgate.httpcache;

/** What is done with a request. */
public sealed interface Decision {

  Reason reason();

  /**
   * Answer from the entry.
   *
   * @param ageSeconds the {@code Age} field to send (RFC 9111 §5.1)
   * @param ttlSeconds freshness left; negative when stale (RFC 9211 §2.4)
   */
  record Serve(Reason reason, Form form, long ageSeconds, long ttlSeconds) implements Decision {}

  /** What of an entry is sent. */
  enum Form {
    /** Status, fields and, unless the request is a HEAD, content. */
    WHOLE,
    /** 304 with {@link io.warmgate.httpcache.rule.Preconditions#notModified}'s fields. */
    NOT_MODIFIED
  }

  /**
   * Ask the origin whether the entry is still right; then {@link
   * io.warmgate.httpcache.rule.Validation#apply}.
   *
   * @param conditions set on the forwarded request in place of the client's own conditions ({@link
   *     io.warmgate.httpcache.rule.Preconditions#EVALUATED_HERE})
   */
  record Validate(Reason reason, FieldList conditions) implements Decision {}

  /** Ask the origin. */
  record Forward(Reason reason, Storing storing) implements Decision {}

  /** Whether a forwarded request's response is a candidate for the cache. */
  enum Storing {
    /**
     * Ask {@link io.warmgate.httpcache.rule.Storage#decide}; identical requests may wait for it.
     * The client's conditions ({@link io.warmgate.httpcache.rule.Preconditions#EVALUATED_HERE}) are
     * taken off what is sent; they are evaluated on the response where it is kept, and a client
     * whose response is not gets it whole.
     */
    MAY_STORE,
    /** The request goes as it came, the response is this client's alone and never stored. */
    PASS
  }

  /**
   * Answer without entry or origin.
   *
   * @param status 504
   */
  record Refuse(Reason reason, int status) implements Decision {}
}
