package io.warmgate.httpcache;

/** What is done with a request. */
public sealed interface Decision {

  /** Why it is served, forwarded or refused. */
  Reason reason();

  /**
   * Answer from the entry.
   *
   * @param ageSeconds the {@code Age} field to send (RFC 9111 §5.1)
   * @param ttlSeconds freshness left; negative when stale (RFC 9211 §2.4)
   */
  record Serve(Reason reason, Form form, long ageSeconds, long ttlSeconds) implements Decision {}

  /** What of an entry is sent. */
  sealed interface Form {}

  /** Forms that say it all. */
  enum Plain implements Form {
    /** Status, fields and, unless the request is a HEAD, content. */
    WHOLE,
    /** 304 with {@link io.warmgate.httpcache.rule.Preconditions#notModified}'s fields. */
    NOT_MODIFIED,
    /** 416: no byte that was asked for is there. */
    UNSATISFIABLE
  }

  /**
   * 206 with {@link io.warmgate.httpcache.rule.ByteRanges#partial}'s fields.
   *
   * @param first byte of the content, from 0
   * @param last byte, included
   */
  record Part(long first, long last) implements Form {}

  /**
   * Answer from the stale entry at once, and revalidate it in the background (RFC 5861 §3).
   *
   * @param conditions to ask the origin with; empty: ask for the whole
   */
  record ServeAndRevalidate(Serve serve, FieldList conditions) implements Decision {
    @Override
    public Reason reason() {
      return serve.reason();
    }
  }

  /**
   * Ask the origin whether the entry is still right; then {@link
   * io.warmgate.httpcache.rule.Validation#apply}.
   *
   * @param conditions set on the forwarded request in place of the client's own conditions ({@link
   *     io.warmgate.httpcache.rule.Preconditions#EVALUATED_HERE})
   */
  record Validate(Reason reason, FieldList conditions) implements Decision {}

  /**
   * Ask the origin, and {@link io.warmgate.httpcache.rule.Storage#decide} about its response;
   * identical requests may wait for it. The client's conditions ({@link
   * io.warmgate.httpcache.rule.Preconditions#EVALUATED_HERE}) are taken off what is sent; they are
   * evaluated on the response where it is kept, and a client whose response is not gets it whole.
   */
  record Forward(Reason reason) implements Decision {}

  /**
   * Ask the origin: the request goes as it came, the response is this client's alone and never
   * stored.
   *
   * @param notStored why it is not
   */
  record Pass(Reason reason, Reason notStored) implements Decision {}

  /**
   * Answer without entry or origin.
   *
   * @param status 504
   */
  record Refuse(Reason reason, int status) implements Decision {}
}
