package io.warmgate.server.upstream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.CombinedChannelDuplexHandler;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestEncoder;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.AttributeKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Watches a pooled connection to a backend: bytes that are left over after a response, or come
 * unasked, would be read as the answer to the next request. Then the connection is not used again
 * (RFC 9112 §11.2). Counts requests, too: one that breaks off on a fresh connection was refused, on
 * a used one it may have met the backend's own idle timeout.
 */
final class Wire extends ChannelDuplexHandler {
  /** Bounds of what is read of an answer at once, in bytes. */
  static final int MAX_LINE = 8 << 10;

  static final int MAX_HEAD = 64 << 10;
  static final int MAX_CHUNK = 64 << 10;

  private static final AttributeKey<Wire> KEY = AttributeKey.valueOf(Wire.class, "wire");

  private final Decoder decoder;
  private int requests;
  private boolean awaiting;
  private boolean heard;
  private boolean excess;
  private @Nullable HttpResponse response;

  private Wire(Decoder decoder) {
    this.decoder = decoder;
  }

  /** Before the connection's first request. */
  static void install(Channel channel) {
    if (channel.pipeline().get("codec") == null) {
      return;
    }
    Decoder decoder = new Decoder();
    Wire wire = new Wire(decoder);
    channel
        .pipeline()
        .replace(
            "codec",
            "codec",
            new CombinedChannelDuplexHandler<>(decoder, new HttpRequestEncoder()));
    channel.pipeline().addAfter("codec", "wire", wire);
    channel.attr(KEY).set(wire);
  }

  /**
   * Whether the connection carried a request before the one it carries now, and not a byte of an
   * answer came to that one: the backend closed it for being idle.
   */
  static boolean closedIdle(Channel channel) {
    Wire wire = channel.attr(KEY).get();
    return wire != null && wire.requests > 1 && !wire.heard && !wire.decoder.holdsBytes();
  }

  /** Whether bytes followed the last response. */
  static boolean hasExcess(Channel channel) {
    Wire wire = channel.attr(KEY).get();
    return wire != null && wire.excess;
  }

  @Override
  public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
    if (msg instanceof HttpRequest request) {
      decoder.toHead = request.method().equals(HttpMethod.HEAD);
      requests++;
      heard = false;
      awaiting = true;
    }
    var _ = ctx.write(msg, promise);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object msg) {
    heard = true;
    if (msg instanceof HttpResponse head
        && head.status().codeClass() != HttpStatusClass.INFORMATIONAL) {
      response = head;
      if (!isFramed(head)) {
        head.setDecoderResult(
            DecoderResult.failure(
                new IllegalArgumentException("the answer's transfer coding is in doubt")));
        ctx.fireChannelRead(head);
        var _ = ctx.close();
        return;
      }
    }
    if (msg instanceof LastHttpContent && response != null) {
      if (decoder.holdsBytes()) {
        excess = true;
        response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
      }
      response = null;
      awaiting = false;
    }
    ctx.fireChannelRead(msg);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    if (!awaiting && decoder.holdsBytes()) {
      excess = true;
      var _ = ctx.close();
    }
    ctx.fireChannelReadComplete();
  }

  /**
   * RFC 9112 §6.1 and §6.3: chunked alone, once, not beside a length, and not from HTTP/1.0.
   * Whoever reads another coding as none takes what is behind the answer for a part of it, or the
   * reverse.
   */
  private static boolean isFramed(HttpResponse head) {
    List<String> codings = head.headers().getAll(HttpHeaderNames.TRANSFER_ENCODING);
    return codings.isEmpty()
        || (codings.size() == 1
            && HttpHeaderValues.CHUNKED.contentEqualsIgnoreCase(codings.get(0))
            && !head.headers().contains(HttpHeaderNames.CONTENT_LENGTH)
            && head.protocolVersion().equals(HttpVersion.HTTP_1_1));
  }

  /** The usual decoder, whose undecoded bytes can be seen. */
  private static final class Decoder extends HttpResponseDecoder {
    private @Nullable ByteBuf undecoded;
    private boolean toHead;

    Decoder() {
      super(
          new HttpDecoderConfig()
              .setMaxInitialLineLength(MAX_LINE)
              .setMaxHeaderSize(MAX_HEAD)
              .setMaxChunkSize(MAX_CHUNK));
      setCumulator(this::cumulate);
    }

    private ByteBuf cumulate(ByteBufAllocator allocator, ByteBuf before, ByteBuf in) {
      ByteBuf now = MERGE_CUMULATOR.cumulate(allocator, before, in);
      undecoded = now;
      return now;
    }

    boolean holdsBytes() {
      return undecoded != null && undecoded.refCnt() > 0 && undecoded.isReadable();
    }

    /** RFC 9112 §6.3: the answer to HEAD has no body, whatever its fields say. */
    @Override
    protected boolean isContentAlwaysEmpty(HttpMessage msg) {
      return toHead || super.isContentAlwaysEmpty(msg);
    }
  }
}
