package io.warmgate.server.exchange;

import io.vertx.core.MultiMap;
import io.warmgate.server.filter.Forwarding;
import java.util.ArrayList;
import java.util.List;

/**
 * Tells a client that asks for it which release of a route answered it: a parameter of the
 * gateway's own in the last member of {@code Cache-Status} (RFC 9211 §2: the member of the cache
 * that is nearest to the client). What has no {@code Cache-Status} does not say it.
 */
final class ReleaseShown {
  /** Value of {@code Warmgate-Debug} that asks for it. */
  static final String ASKED = "release";

  private static final String FIELD = "cache-status";

  private ReleaseShown() {}

  static void on(Exchange exchange, String release) {
    if (ASKED.equals(exchange.request().headers().get(Forwarding.DEBUG))) {
      exchange.reply().filter(reply -> append(reply.headers(), release));
    }
  }

  private static void append(MultiMap headers, String release) {
    List<String> members = new ArrayList<>(headers.getAll(FIELD));
    if (!members.isEmpty()) {
      members.add(members.removeLast() + "; release=\"" + release + "\"");
      headers.set(FIELD, members);
    }
  }
}
