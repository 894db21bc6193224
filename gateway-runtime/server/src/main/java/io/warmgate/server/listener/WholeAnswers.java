package io.warmgate.server.listener;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.vertx.core.http.impl.headers.Http1xHeaders;
import io.warmgate.server.exchange.LastFields;
import org.jspecify.annotations.Nullable;

/**
 * Writes small whole answers as one buffer, where Netty's encoder makes two of them, for head and
 * body, with a promise each that are joined, and a gathering write. Whatever is not a 200 of
 * HTTP/1.1 with a body of known length is the encoder's. What an answer has beside a head that many
 * share is written after it ({@link LastFields}).
 */
final class WholeAnswers extends ChannelOutboundHandlerAdapter implements LastFields.Sender {
  private static final String ENCODER = "httpEncoder";
  private static final byte[] STATUS_LINE = "HTTP/1.1 200 OK\r\n".getBytes(US_ASCII);
  private static final int CRLF = '\r' << 8 | '\n';

  /** Of a body, in bytes; what is larger is not copied. */
  private static final int LARGEST = 16 << 10;

  /**
   * Whether a shared head keeps its bytes. Vert.x publishes them to other event loops without a
   * barrier, which is safe only where the processor keeps the order of writes.
   */
  private static final boolean HEADS_ARE_KEPT = "amd64".equals(System.getProperty("os.arch"));

  private final ChannelHandlerContext encoder;

  /** What the head before took. */
  private int headBytes = 256;

  private @Nullable LastFields last;

  private WholeAnswers(ChannelHandlerContext encoder) {
    this.encoder = encoder;
  }

  /** On a connection of HTTP/1, before its first answer; elsewhere nothing is done. */
  static void install(Channel channel) {
    ChannelHandlerContext encoder = channel.pipeline().context(ENCODER);
    if (encoder != null) {
      WholeAnswers answers = new WholeAnswers(encoder);
      channel.pipeline().addAfter(ENCODER, "wholeAnswers", answers);
      LastFields.sendBy(channel, answers);
    }
  }

  @Override
  public void next(LastFields fields) {
    last = fields;
  }

  @Override
  public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
    if (msg instanceof FullHttpResponse answer
        && answer.headers() instanceof Http1xHeaders head
        && isOne(answer, head)) {
      var _ = encoder.write(encoded(answer, head, lastOf(head)), promise);
    } else {
      LastFields own = msg instanceof HttpResponse answer ? lastOf(answer.headers()) : null;
      if (own != null) {
        own.add();
      }
      var _ = ctx.write(msg, promise);
    }
  }

  /** Those of an answer that was given up before it was written are no other's. */
  private @Nullable LastFields lastOf(HttpHeaders head) {
    LastFields own = last;
    if (own == null || !own.isOf(head)) {
      return null;
    }
    last = null;
    return own;
  }

  private static boolean isOne(FullHttpResponse answer, Http1xHeaders head) {
    int body = answer.content().readableBytes();
    return body > 0
        && body <= LARGEST
        && HttpResponseStatus.OK.equals(answer.status())
        && HttpVersion.HTTP_1_1.equals(answer.protocolVersion())
        && !head.contains(HttpHeaderNames.TRANSFER_ENCODING);
  }

  private ByteBuf encoded(FullHttpResponse answer, Http1xHeaders head, @Nullable LastFields own) {
    ByteBuf body = answer.content();
    ByteBuf out = encoder.alloc().directBuffer(headBytes + body.readableBytes());
    try {
      out.writeBytes(STATUS_LINE);
      head.encode(out, HEADS_ARE_KEPT);
      if (own != null) {
        own.encode(out);
      }
      out.writeShort(CRLF);
      headBytes = out.writerIndex();
      out.writeBytes(body, body.readerIndex(), body.readableBytes());
      return out;
    } catch (RuntimeException e) {
      out.release();
      throw e;
    } finally {
      answer.release();
    }
  }
}
