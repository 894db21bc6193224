package io.warmgate.server.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.warmgate.server.listener.RawOrigin;
import java.io.IOException;
import java.net.URLDecoder;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;

/** A service that pods ask who may call, as a test has it answer. */
final class AskedService implements AutoCloseable {
  /** The content of each request. */
  final List<String> asked = new CopyOnWriteArrayList<>();

  /** Released while it answers. */
  volatile CountDownLatch go = new CountDownLatch(0);

  private final RawOrigin server;
  private volatile Function<String, String> answers = _ -> answer("500 X", "");

  AskedService() {
    server =
        new RawOrigin(
            (_, head, connection) -> {
              int length = Integer.parseInt("0" + RawOrigin.field(head, "content-length"));
              String content = new String(connection.in().readNBytes(length), UTF_8);
              asked.add(content);
              hold();
              String answer = answers.apply(content);
              if (answer.isEmpty()) {
                connection.close();
              } else {
                connection.send(answer);
              }
            });
  }

  private void hold() throws IOException {
    try {
      go.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  /** From now on it waits with its answers, until what is returned is counted down. */
  CountDownLatch held() {
    CountDownLatch held = new CountDownLatch(1);
    go = held;
    return held;
  }

  /**
   * @param made the whole answer to a content; empty: none, the connection is closed
   */
  AskedService says(Function<String, String> made) {
    answers = made;
    return this;
  }

  /** To each token this, with 200. */
  AskedService introspects(Function<String, String> json) {
    return says(content -> answer("200 OK", json.apply(token(content))));
  }

  static String token(String content) {
    return URLDecoder.decode(
        content.substring("token=".length(), content.indexOf("&token_type_hint=access_token")),
        UTF_8);
  }

  static String answer(String status, String body, String... fields) {
    StringBuilder text = new StringBuilder("HTTP/1.1 " + status + "\r\n");
    for (String field : fields) {
      text.append(field).append("\r\n");
    }
    return text.append("Content-Length: ")
        .append(body.length())
        .append("\r\n\r\n")
        .append(body)
        .toString();
  }

  String url(String path) {
    return "http://127.0.0.1:" + server.port() + path;
  }

  List<String> heads() {
    return server.heads;
  }

  @Override
  public void close() {
    go.countDown();
    server.close();
  }
}
