package io.warmgate.server.exchange;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import io.warmgate.httpcache.Reason;

/** A backend's answer, from its head on. The body flows when it is asked for. */
public interface OriginResponse {

  /** Final status: 200 to 599. */
  int status();

  /** End-to-end fields only, plus {@code Content-Length} where the body's length is known. */
  MultiMap headers();

  /**
   * Paused. Its exception handler is called where the backend's connection is lost before the body
   * is whole: what was read until then must not be passed off as the whole.
   */
  ReadStream<Buffer> body();

  /** Trailer fields; complete when the body ended. */
  MultiMap trailers();

  /**
   * Whether the backend sent more than the answer it announced, as far as that was seen when the
   * body ended: who could write into its head may have cut the answer short (RFC 9112 §11.1). It is
   * never kept.
   */
  default boolean hasExcess() {
    return false;
  }

  /**
   * Whether {@link #worth} is known when the body has ended, and not before: nothing of the answer
   * is stored until then.
   */
  default boolean isJudgedAtEnd() {
    return false;
  }

  /** What of it may be kept. Asked once, when the body has ended. */
  default Worth worth() {
    return hasExcess() ? new Worth.Nothing(Reason.INCOMPLETE) : Worth.Plain.AS_IT_CAME;
  }

  /** Gives the answer up: frees the connection, and no more of the body flows. Idempotent. */
  void abort();
}
