package io.warmgate.server.cache;

import io.vertx.core.streams.ReadStream;

/** Lets a source flow while nobody holds it. Used on the source's event loop alone. */
final class Valve {
  private final ReadStream<?> source;
  private int holders;

  Valve(ReadStream<?> source) {
    this.source = source;
  }

  /** One more holds it. */
  void hold() {
    if (holders++ == 0) {
      source.pause();
    }
  }

  /** Who held it does no more. */
  void release() {
    if (--holders == 0) {
      source.resume();
    }
  }
}
