package io.warmgate.server.exchange;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;

/**
 * Makes of every answer, wherever it comes from, what this client understands. One a request, on
 * its event loop.
 */
public interface Rewriting {

  /**
   * A whole answer that the cache has, or one without a body.
   *
   * @param reply whose status and fields are set; they may be changed
   * @param body may be empty
   * @return the body to write
   * @throws ProblemException where the client cannot be told
   */
  Buffer whole(Reply reply, Buffer body);

  /**
   * An answer that may still be coming.
   *
   * @return fails with a {@link ProblemException} where the client cannot be told
   */
  Future<OriginResponse> coming(OriginResponse answer);
}
