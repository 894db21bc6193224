package io.warmgate.server.listener;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.AttributeKey;
import io.netty.util.concurrent.Future;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * From the first byte of a request (in TLS, of the connection) its head has so long to be whole,
 * however slowly it trickles: then 408, and the connection is closed.
 */
final class HeadDeadline extends ChannelInboundHandlerAdapter {
  private static final AttributeKey<HeadDeadline> KEY =
      AttributeKey.valueOf(HeadDeadline.class, "deadline");
  private static final String TIMEOUT =
      "HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";

  private final Door door;
  private @Nullable Future<?> timer;
  private int underWay;

  /** Whether bytes of a head came, and when the first of them did ({@link System#nanoTime()}). */
  private boolean begun;

  private long begunAt;

  HeadDeadline(Door door) {
    this.door = door;
  }

  static void install(Channel channel, Door door) {
    HeadDeadline deadline = new HeadDeadline(door);
    channel.attr(KEY).set(deadline);
    channel.pipeline().addLast("headDeadline", deadline);
  }

  /** A head arrived whole; called on the channel's event loop. */
  static void arrived(Channel channel) {
    HeadDeadline deadline = channel.attr(KEY).get();
    if (deadline != null) {
      deadline.underWay++;
      deadline.begun = false;
    }
  }

  /** Its answer ended: the next bytes are a head's. */
  static void answered(Channel channel) {
    HeadDeadline deadline = channel.attr(KEY).get();
    if (deadline != null) {
      deadline.underWay--;
    }
  }

  /** Most heads are whole at once: a timer runs on over many of them, and looks when it is due. */
  @Override
  public void channelRead(ChannelHandlerContext ctx, Object msg) {
    if (!begun && underWay == 0) {
      begun = true;
      begunAt = System.nanoTime();
      if (timer == null) {
        look(ctx, limitNanos());
      }
    }
    ctx.fireChannelRead(msg);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
    ctx.fireChannelInactive();
  }

  private long limitNanos() {
    return TimeUnit.MILLISECONDS.toNanos(door.limits().headerTimeoutMillis());
  }

  private void look(ChannelHandlerContext ctx, long nanos) {
    timer = ctx.executor().schedule(() -> due(ctx), nanos, TimeUnit.NANOSECONDS);
  }

  private void due(ChannelHandlerContext ctx) {
    timer = null;
    if (!begun || underWay > 0) {
      return;
    }
    long left = limitNanos() - (System.nanoTime() - begunAt);
    if (left > 0) {
      look(ctx, left);
    } else {
      expired(ctx);
    }
  }

  private static void expired(ChannelHandlerContext ctx) {
    ChannelHandlerContext http1 = ctx.pipeline().context("httpDecoder");
    if (http1 == null) {
      var _ = ctx.close();
    } else {
      http1
          .writeAndFlush(Unpooled.copiedBuffer(TIMEOUT, StandardCharsets.US_ASCII))
          .addListener(ChannelFutureListener.CLOSE);
    }
  }
}
