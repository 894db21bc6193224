package io.warmgate.server.listener;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.AttributeKey;
import io.vertx.core.net.impl.ShutdownEvent;
import org.jspecify.annotations.Nullable;

/**
 * A connection whose server was replaced on an open port. Vert.x would end it as soon as it is
 * idle, and a request that is under way already would be lost. So the word to end is held back
 * until the next request, whose answer tells the client to connect anew (RFC 9112 §9.6; in HTTP/2
 * GOAWAY does, RFC 9113 §6.8), or until the port itself is closed. Used on the channel's event
 * loop.
 */
final class Leaving extends ChannelInboundHandlerAdapter {
  private static final AttributeKey<Leaving> KEY = AttributeKey.valueOf(Leaving.class, "leaving");

  private final Door door;
  private @Nullable ShutdownEvent held;

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
