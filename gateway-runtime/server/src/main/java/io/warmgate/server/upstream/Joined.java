package io.warmgate.server.upstream;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.net.NetSocket;

/** Two connections that are one from now on. */
public final class Joined {
  private Joined() {}

  /** Completes when the client's is closed; each closes the other. */
  public static Future<Void> join(NetSocket client, NetSocket behind) {
    Promise<Void> closed = Promise.promise();
    client.closeHandler(
        _ -> {
          behind.close();
          closed.tryComplete();
        });
    behind.closeHandler(_ -> client.close());
    client.exceptionHandler(_ -> client.close());
    behind.exceptionHandler(_ -> behind.close());
    client.pipeTo(behind);
    behind.pipeTo(client);
    return closed.future();
  }
}
