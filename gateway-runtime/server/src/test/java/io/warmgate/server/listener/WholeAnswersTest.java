package io.warmgate.server.listener;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.AsciiString;
import io.vertx.core.MultiMap;
import io.vertx.core.http.impl.headers.Http1xHeaders;
import io.warmgate.server.exchange.LastFields;
import org.junit.jupiter.api.Test;

/** What is written is what Netty's encoder writes, in one buffer where that is worth it. */
final class WholeAnswersTest {
  private final EmbeddedChannel plain = channel();
  private final EmbeddedChannel whole = channel();

  WholeAnswersTest() {
    WholeAnswers.install(whole);
  }

  private static EmbeddedChannel channel() {
    EmbeddedChannel channel = new EmbeddedChannel();
    channel.pipeline().addLast("httpEncoder", new HttpResponseEncoder());
    return channel;
  }

  private static FullHttpResponse answer(HttpVersion version, int status, String body) {
    Http1xHeaders headers = Http1xHeaders.httpHeaders();
    headers.set("content-length", Integer.toString(body.length()));
    headers.add("age", "7").add("cache-status", "warmgate; hit");
    return new DefaultFullHttpResponse(
        version,
        HttpResponseStatus.valueOf(status),
        Unpooled.copiedBuffer(body, US_ASCII),
        headers,
        Http1xHeaders.httpHeaders());
  }

  private static int buffers(EmbeddedChannel channel, StringBuilder text) {
    int count = 0;
    for (ByteBuf out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
      text.append(out.toString(US_ASCII));
      out.release();
      count++;
    }
    return count;
  }

  /** Also checks that the bytes are the encoder's. */
  private int buffers(HttpVersion version, int status, String body) {
    plain.writeOutbound(answer(version, status, body));
    FullHttpResponse answer = answer(version, status, body);
    whole.writeOutbound(answer);
    StringBuilder expected = new StringBuilder();
    StringBuilder written = new StringBuilder();
    buffers(plain, expected);
    final int count = buffers(whole, written);
    assertThat(written.toString()).isEqualTo(expected.toString());
    assertThat(answer.refCnt()).isZero();
    return count;
  }

  @Test
  void aWholeAnswerIsOneBuffer() {
    assertThat(buffers(HttpVersion.HTTP_1_1, 200, "x".repeat(1024))).isEqualTo(1);
    assertThat(buffers(HttpVersion.HTTP_1_1, 200, "another")).isEqualTo(1);
  }

  @Test
  void aLargeBodyIsNotCopied() {
    assertThat(buffers(HttpVersion.HTTP_1_1, 200, "x".repeat(100_000))).isEqualTo(2);
  }

  @Test
  void otherAnswersAreTheEncoders() {
    buffers(HttpVersion.HTTP_1_1, 204, "");
    buffers(HttpVersion.HTTP_1_1, 304, "");
    buffers(HttpVersion.HTTP_1_1, 404, "none");
    buffers(HttpVersion.HTTP_1_0, 200, "old");
    buffers(HttpVersion.HTTP_1_1, 200, "");
  }

  @Test
  void chunksAreTheEncoders() {
    FullHttpResponse chunked = answer(HttpVersion.HTTP_1_1, 200, "in chunks");
    chunked.headers().remove("content-length").set("transfer-encoding", "chunked");
    whole.writeOutbound(chunked);
    StringBuilder written = new StringBuilder();
    buffers(whole, written);
    assertThat(written).endsWith("9\r\nin chunks\r\n0\r\n\r\n");
  }

  @Test
  void answersInPartsGoBetweenWholeOnes() {
    buffers(HttpVersion.HTTP_1_1, 200, "one");
    DefaultHttpResponse head =
        new DefaultHttpResponse(
            HttpVersion.HTTP_1_1,
            HttpResponseStatus.OK,
            Http1xHeaders.httpHeaders().set("content-length", "0"));
    whole.writeOutbound(head, LastHttpContent.EMPTY_LAST_CONTENT);
    StringBuilder written = new StringBuilder();
    buffers(whole, written);
    assertThat(written.toString()).isEqualTo("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n");
    buffers(HttpVersion.HTTP_1_1, 200, "two");
  }

  @Test
  void aHeadThatIsSharedIsWrittenAsItIsWithWhatWasAdded() {
    Http1xHeaders shared = Http1xHeaders.httpHeaders();
    shared.set("content-length", "3").set("age", "7");
    MultiMap kept = shared.copy(false);
    for (String more : new String[] {"", "a", "", "b"}) {
      Http1xHeaders head = Http1xHeaders.httpHeaders().setAll(kept);
      if (!more.isEmpty()) {
        head.add("more", more);
      }
      whole.writeOutbound(
          new DefaultFullHttpResponse(
              HttpVersion.HTTP_1_1,
              HttpResponseStatus.OK,
              Unpooled.copiedBuffer("yes", US_ASCII),
              head,
              Http1xHeaders.httpHeaders()));
      StringBuilder written = new StringBuilder();
      assertThat(buffers(whole, written)).isEqualTo(1);
      assertThat(written.toString())
          .isEqualTo(
              "HTTP/1.1 200 OK\r\ncontent-length: 3\r\nage: 7\r\n"
                  + (more.isEmpty() ? "" : "more: " + more + "\r\n")
                  + "\r\nyes");
    }
  }

  private static FullHttpResponse with(MultiMap head, HttpVersion version, int status) {
    return new DefaultFullHttpResponse(
        version,
        HttpResponseStatus.valueOf(status),
        Unpooled.copiedBuffer("yes", US_ASCII),
        (Http1xHeaders) head,
        Http1xHeaders.httpHeaders());
  }

  private static LastFields last(MultiMap head, String value) {
    return new LastFields(head, new AsciiString[] {AsciiString.of("own"), AsciiString.of(value)});
  }

  @Test
  void lastFieldsComeAfterAHeadThatIsShared() {
    MultiMap kept = Http1xHeaders.httpHeaders().set("content-length", "3").copy(false);
    WholeAnswers answers = whole.pipeline().get(WholeAnswers.class);
    for (String own : new String[] {"1", "2"}) {
      MultiMap head = Http1xHeaders.httpHeaders().setAll(kept);
      answers.next(last(head, own));
      whole.writeOutbound(with(head, HttpVersion.HTTP_1_1, 200));
      StringBuilder written = new StringBuilder();
      assertThat(buffers(whole, written)).isEqualTo(1);
      assertThat(written.toString())
          .isEqualTo("HTTP/1.1 200 OK\r\ncontent-length: 3\r\nown: " + own + "\r\n\r\nyes");
    }
  }

  @Test
  void whatTheEncoderWritesHasItsLastFieldsToo() {
    MultiMap kept = Http1xHeaders.httpHeaders().set("content-length", "3").copy(false);
    MultiMap head = Http1xHeaders.httpHeaders().setAll(kept);
    whole.pipeline().get(WholeAnswers.class).next(last(head, "1"));
    whole.writeOutbound(with(head, HttpVersion.HTTP_1_0, 404));
    StringBuilder written = new StringBuilder();
    buffers(whole, written);
    assertThat(written.toString())
        .isEqualTo("HTTP/1.0 404 Not Found\r\ncontent-length: 3\r\nown: 1\r\n\r\nyes");
  }

  /** An answer that was given up before it was written leaves nothing to the next one. */
  @Test
  void lastFieldsAreNoOtherAnswers() {
    MultiMap kept = Http1xHeaders.httpHeaders().set("content-length", "3").copy(false);
    MultiMap head = Http1xHeaders.httpHeaders().setAll(kept);
    whole.pipeline().get(WholeAnswers.class).next(last(head, "1"));
    for (int status : new int[] {200, 404}) {
      MultiMap other = Http1xHeaders.httpHeaders().setAll(kept);
      whole.writeOutbound(with(other, HttpVersion.HTTP_1_1, status));
      StringBuilder written = new StringBuilder();
      buffers(whole, written);
      assertThat(written.toString()).endsWith("\r\ncontent-length: 3\r\n\r\nyes");
    }
  }

  @Test
  void withoutAnEncoderThereIsNothingToInstall() {
    EmbeddedChannel http2 = new EmbeddedChannel();
    WholeAnswers.install(http2);
    assertThat(http2.pipeline().get(WholeAnswers.class)).isNull();
  }
}
