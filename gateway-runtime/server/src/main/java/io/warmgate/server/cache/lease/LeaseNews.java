package io.warmgate.server.cache.lease;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.warmgate.server.cache.redis.RedisAddress;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Hears what pods say of leases that ended, over a connection of its own. What is said while there
 * is no connection is missed: who waits asks again after a while.
 */
final class LeaseNews implements AutoCloseable {
  private static final long RETRY_MILLIS = 250;

  private final Vertx vertx;
  private final Context context;
  private final RedisAddress address;
  private final String channel;
  private final Consumer<String> told;
  private volatile boolean closed;
  private @Nullable Redis client;

  /**
   * @param told of each message, on an event loop
   */
  LeaseNews(Vertx vertx, RedisAddress address, String channel, Consumer<String> told) {
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    this.address = address;
    this.channel = channel;
    this.told = told;
  }

  LeaseNews start() {
    context.runOnContext(_ -> connect());
    return this;
  }

  private void connect() {
    if (closed) {
      return;
    }
    Redis opening = Redis.createClient(vertx, address.options());
    client = opening;
    opening
        .connect()
        .compose(connection -> listen(opening, connection))
        .timeout(address.connectTimeoutMillis(), TimeUnit.MILLISECONDS)
        .onFailure(_ -> again(opening));
  }

  private Future<@Nullable Response> listen(Redis from, RedisConnection connection) {
    connection.exceptionHandler(_ -> again(from)).endHandler(_ -> again(from));
    connection.handler(this::heard);
    return connection.send(Request.cmd(Command.SUBSCRIBE).arg(channel));
  }

  /** A message is {@code ["message", channel, payload]}. */
  private void heard(@Nullable Response push) {
    if (push != null && push.size() == 3 && "message".equals(push.get(0).toString())) {
      told.accept(push.get(2).toString());
    }
  }

  /** Once for each client, whichever way it was lost. */
  @SuppressWarnings("ReferenceEquality")
  private void again(Redis lost) {
    context.runOnContext(
        _ -> {
          if (client == lost) {
            client = null;
            lost.close();
            if (!closed) {
              vertx.setTimer(RETRY_MILLIS, _ -> connect());
            }
          }
        });
  }

  @Override
  public void close() {
    closed = true;
    context.runOnContext(
        _ -> {
          Redis open = client;
          if (open != null) {
            client = null;
            open.close();
          }
        });
  }
}
