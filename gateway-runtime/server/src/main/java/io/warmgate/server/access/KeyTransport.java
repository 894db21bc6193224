package io.warmgate.server.access;

import io.vertx.core.Future;

/** How a JWK Set is had over the network. */
@FunctionalInterface
interface KeyTransport {

  /**
   * @param url http or https
   * @return the content of a 200; fails with what may be logged where there is none
   */
  Future<byte[]> get(String url);
}
