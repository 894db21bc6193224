package io.warmgate.server.ai;

import io.vertx.core.buffer.Buffer;

/** A provider's stream becoming a client's. One an answer. */
interface StreamTranslation {

  /**
   * @param came cut anywhere
   * @return what the client gets now; may be empty
   */
  Buffer chunk(Buffer came);

  /** The provider's body has ended. */
  Buffer end();

  /** The provider's body broke off. */
  Buffer broken();

  /** Whether the client was told of a failure: nothing that follows is for it. */
  boolean hasFailed();
}
