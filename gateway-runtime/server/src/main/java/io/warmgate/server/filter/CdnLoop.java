package io.warmgate.server.filter;

import io.netty.util.AsciiString;
import io.vertx.core.MultiMap;

/** {@code CDN-Loop} (RFC 8586): a request that came through this gateway before goes no further. */
public final class CdnLoop {
  /** Hashed once: it is looked for in every request. */
  private static final AsciiString FIELD = AsciiString.cached("cdn-loop");

  private final String id;

  /**
   * @param gatewayUid so that gateways behind one another are no loop
   */
  public CdnLoop(String gatewayUid) {
    this.id = "warmgate-" + gatewayUid;
  }

  public boolean found(MultiMap headers) {
    if (!headers.contains(FIELD)) {
      return false;
    }
    for (String field : headers.getAll(FIELD)) {
      for (String member : field.split(",", -1)) {
        int parameters = member.indexOf(';');
        if ((parameters < 0 ? member : member.substring(0, parameters)).trim().equals(id)) {
          return true;
        }
      }
    }
    return false;
  }

  void append(MultiMap headers) {
    headers.add(FIELD, id);
  }
}
