package io.warmgate.server.listener;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.AttributeKey;
import io.netty.util.concurrent.Future;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ShutdownEvent;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A connection whose server was replaced on an open port. Vert.x would end it as soon as it is
 * idle, and a request that is under way already would be lost. So the word to end is held back
 * until the next request, whose answer tells the client to connect anew (RFC 9112 §9.6), or until
 * the port itself is closed. In HTTP/2 the next request is told twice, as RFC 9113 §6.8 asks of who
 * leaves gracefully: that no more should come, without saying which is the last, and that again
 * with the last one when those that were on their way have come. Used on the channel's event loop.
 */
final class Leaving extends ChannelInboundHandlerAdapter {
  /** For requests that were sent before their client heard: a round trip, and a slow client. */
  private static final long ON_THEIR_WAY_MILLIS = 1_000;

  private static final long NO_ERROR = 0;
  private static final AttributeKey<Leaving> KEY = AttributeKey.valueOf(Leaving.class, "leaving");

  private final Door door;
  private @Nullable ShutdownEvent held;
  private boolean told;

  private Leaving(Door door) {
    this.door = door;
  }

  static void install(Channel channel, Door door) {
    Leaving leaving = new Leaving(door);
    channel.attr(KEY).set(leaving);
    channel.pipeline().addLast("leaving", leaving);
  }

  /** Whether this connection's server was replaced. */
  static boolean is(Channel channel) {
    Leaving leaving = channel.attr(KEY).get();
    return leaving != null && leaving.held != null;
  }

  /** A request of HTTP/2 came: its client is told to come over another connection. */
  @SuppressWarnings("deprecation") // what Vert.x has in its place ends the connection when idle
  static void tell(Channel channel, HttpConnection connection) {
    Leaving leaving = channel.attr(KEY).get();
    if (leaving != null && leaving.held != null && !leaving.told) {
      leaving.told = true;
      connection.goAway(NO_ERROR, Integer.MAX_VALUE);
      Future<?> _ =
          channel
              .eventLoop()
              .schedule(() -> release(channel), ON_THEIR_WAY_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  /** Passes on the word that was held back. */
  static void release(Channel channel) {
    Leaving leaving = channel.attr(KEY).get();
    if (leaving != null && leaving.held != null) {
      ShutdownEvent word = leaving.held;
      leaving.held = null;
      channel.pipeline().context(leaving).fireUserEventTriggered(word);
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof ShutdownEvent word && !door.isShut()) {
      held = word;
    } else {
      ctx.fireUserEventTriggered(event);
    }
  }
}
