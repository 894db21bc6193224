package io.warmgate.server.exchange;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpConstants;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import io.netty.util.AttributeKey;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.ConnectionBase;
import org.jspecify.annotations.Nullable;

/**
 * Fields of one answer alone, at the end of a head that many answers share. Put into the map of the
 * head they would have all of it copied, checked and written anew for each answer ({@code
 * docs/performance.md}): a connection of HTTP/1.1 sends them after it instead.
 */
public final class LastFields {
  private static final AttributeKey<Sender> SENDER =
      AttributeKey.valueOf(LastFields.class, "sender");
  private static final int COLON_AND_SPACE = HttpConstants.COLON << 8 | HttpConstants.SP;
  private static final int CRLF = HttpConstants.CR << 8 | HttpConstants.LF;

  private final MultiMap head;
  private final AsciiString[] fields;

  /** Sends them with the head that they belong to. Confined to the channel's event loop. */
  @FunctionalInterface
  public interface Sender {
    /** The head is about to be written. */
    void next(LastFields fields);
  }

  /**
   * @param head of the answer whose they are
   * @param fields names and values by turns, which hold no line breaks
   */
  public LastFields(MultiMap head, AsciiString[] fields) {
    this.head = head;
    this.fields = fields;
  }

  /** From now on answers of HTTP/1.1 on this channel leave their last fields to this one. */
  public static void sendBy(Channel channel, Sender sender) {
    channel.attr(SENDER).set(sender);
  }

  /** Who sends them to the client of this request; null: they have to be in the head's map. */
  static @Nullable Sender sender(HttpServerRequest request) {
    // A channel that has gone over to HTTP/2 keeps what it had before.
    return request.version() == HttpVersion.HTTP_1_1
            && request.connection() instanceof ConnectionBase connection
        ? connection.channel().attr(SENDER).get()
        : null;
  }

  /** Whether they belong to the answer with this head, and to no other. */
  @SuppressWarnings("ReferenceEquality") // Heads of two answers may say the same.
  public boolean isOf(HttpHeaders headers) {
    return head == headers;
  }

  /** Writes their lines (RFC 9112 §5). */
  public void encode(ByteBuf out) {
    for (int i = 0; i < fields.length; i += 2) {
      write(out, fields[i]);
      out.writeShort(COLON_AND_SPACE);
      write(out, fields[i + 1]);
      out.writeShort(CRLF);
    }
  }

  private static void write(ByteBuf out, AsciiString text) {
    out.writeBytes(text.array(), text.arrayOffset(), text.length());
  }

  /** Puts them into the map of their head after all. */
  public void add() {
    for (int i = 0; i < fields.length; i += 2) {
      head.add(fields[i], fields[i + 1]);
    }
  }
}
