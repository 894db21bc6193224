package io.warmgate.bench.ai;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequestEncoder;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Asks one question again and again over so many connections. What asks shares a core with the
 * model, so the question is encoded once, and nothing is kept of an answer but its status. On the
 * event loop alone.
 */
final class Asker {
  /** Who is told of an answer. */
  interface Answered {
    /**
     * @param due as it was asked with
     */
    void status(long due, int status);

    /** There is none. */
    void failed(long due, Throwable cause);
  }

  private final Bootstrap bootstrap;
  private final ByteBuf question;
  private final Answered answered;
  private final int mostConnections;
  private final Deque<Connection> idle = new ArrayDeque<>();
  private final Deque<Long> waiting = new ArrayDeque<>();
  private int connections;
  private boolean closed;

  Asker(
      EventLoop loop,
      InetSocketAddress where,
      FullHttpRequest question,
      int mostConnections,
      Answered answered) {
    this.question = encoded(question);
    this.mostConnections = mostConnections;
    this.answered = answered;
    this.bootstrap =
        new Bootstrap()
            .group(loop)
            .channel(EpollSocketChannel.class)
            .option(ChannelOption.TCP_NODELAY, true)
            .remoteAddress(where)
            .handler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    channel.pipeline().addLast(new HttpResponseDecoder(), new Connection(channel));
                  }
                });
  }

  private static ByteBuf encoded(FullHttpRequest question) {
    EmbeddedChannel encoder = new EmbeddedChannel(new HttpRequestEncoder());
    encoder.writeOutbound(question);
    ByteBuf all = Unpooled.directBuffer();
    for (ByteBuf part = encoder.readOutbound(); part != null; part = encoder.readOutbound()) {
      all.writeBytes(part);
      part.release();
    }
    encoder.finishAndReleaseAll();
    return all;
  }

  /** Asks now, or as soon as a connection is free. */
  void ask(long due) {
    Connection free = idle.pollLast();
    if (free != null) {
      free.ask(due);
      return;
    }
    waiting.add(due);
    if (connections < mostConnections) {
      connect();
    }
  }

  private void connect() {
    connections++;
    bootstrap
        .connect()
        .addListener(
            (ChannelFuture made) -> {
              if (!made.isSuccess()) {
                connections--;
                Long due = waiting.poll();
                if (due != null) {
                  answered.failed(due, made.cause());
                }
                connectIfWanted();
              }
            });
  }

  private void connectIfWanted() {
    if (!closed && !waiting.isEmpty()) {
      connect();
    }
  }

  /** Nothing is asked any more. */
  void close() {
    closed = true;
    idle.forEach(Connection::close);
    question.release();
  }

  private final class Connection extends SimpleChannelInboundHandler<HttpObject> {
    private static final long NOTHING = -1;

    private final Channel channel;
    private long asked = NOTHING;
    private int status;

    Connection(Channel channel) {
      this.channel = channel;
    }

    void ask(long due) {
      asked = due;
      var _ = channel.writeAndFlush(question.retainedDuplicate(), channel.voidPromise());
    }

    void close() {
      var _ = channel.close();
    }

    private void free() {
      if (closed) {
        close();
        return;
      }
      Long next = waiting.poll();
      if (next == null) {
        idle.addLast(this);
      } else {
        ask(next);
      }
    }

    @Override
    public void channelActive(ChannelHandlerContext made) {
      free();
    }

    @Override
    protected void channelRead0(ChannelHandlerContext from, HttpObject part) {
      if (part.decoderResult().isFailure()) {
        exceptionCaught(from, part.decoderResult().cause());
        return;
      }
      if (asked == NOTHING) {
        close();
        return;
      }
      if (part instanceof HttpResponse head) {
        status = head.status().code();
      }
      if (part instanceof LastHttpContent) {
        long due = asked;
        asked = NOTHING;
        answered.status(due, status);
        if (channel.isActive()) {
          free();
        }
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext from, Throwable cause) {
      fail(cause);
      close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext from) {
      connections--;
      idle.remove(this);
      fail(new ClosedChannelException());
      connectIfWanted();
    }

    private void fail(Throwable cause) {
      long due = asked;
      asked = NOTHING;
      if (due != NOTHING) {
        answered.failed(due, cause);
      }
    }
  }
}
