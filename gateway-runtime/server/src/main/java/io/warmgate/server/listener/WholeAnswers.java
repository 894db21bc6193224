package io.warmgate.server.listener;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.vertx.core.http.impl.headers.Http1xHeaders;

/**
 * Writes small whole answers as one buffer, where Netty's encoder makes two of them, for head and
 * body, with a promise each that are joined, and a gathering write. Whatever is not a 200 of
 * HTTP/1.1 with a body of known length is the encoder's.
 */
final class WholeAnswers extends ChannelOutboundHandlerAdapter {
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

  private WholeAnswers(ChannelHandlerContext encoder) {
    this.encoder = encoder;
  }

  /** On a connection of HTTP/1, before its first answer; elsewhere nothing is done. */
  static void install(Channel channel) {
    ChannelHandlerContext encoder = channel.pipeline().context(ENCODER);
    if (encoder != null) {
      channel.pipeline().addAfter(ENCODER, "wholeAnswers", new WholeAnswers(encoder));
    }
  }

  @Override
  public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
    if (msg instanceof FullHttpResponse answer
        && answer.headers() instanceof Http1xHeaders head
        && isOne(answer, head)) {
      var _ = encoder.write(encoded(answer, head), promise);
    } else {
      var _ = ctx.write(msg, promise);
    }
  }

  private static boolean isOne(FullHttpResponse answer, Http1xHeaders head) {
    int body = answer.content().readableBytes();
    return body > 0
        && body <= LARGEST
        && HttpResponseStatus.OK.equals(answer.status())
        && HttpVersion.HTTP_1_1.equals(answer.protocolVersion())
        && !head.contains(HttpHeaderNames.TRANSFER_ENCODING);
  }

  private ByteBuf encoded(FullHttpResponse answer, Http1xHeaders head) {
    ByteBuf body = answer.content();
    ByteBuf out = encoder.alloc().directBuffer(headBytes + body.readableBytes());
    try {
      out.writeBytes(STATUS_LINE);
      head.encode(out, HEADS_ARE_KEPT);
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
