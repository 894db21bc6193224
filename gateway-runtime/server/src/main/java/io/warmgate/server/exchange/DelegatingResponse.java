package io.warmgate.server.exchange;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;

/** An answer that is another's, but for what is said otherwise. */
public interface DelegatingResponse extends OriginResponse {
  /** Whose it is. */
  OriginResponse answer();

  @Override
  default int status() {
    return answer().status();
  }

  @Override
  default MultiMap headers() {
    return answer().headers();
  }

  @Override
  default ReadStream<Buffer> body() {
    return answer().body();
  }

  @Override
  default MultiMap trailers() {
    return answer().trailers();
  }

  @Override
  default boolean hasExcess() {
    return answer().hasExcess();
  }

  @Override
  default boolean isJudgedAtEnd() {
    return answer().isJudgedAtEnd();
  }

  @Override
  default Worth worth() {
    return answer().worth();
  }

  @Override
  default void abort() {
    answer().abort();
  }
}
