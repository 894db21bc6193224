package io.warmgate.server.ai;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.warmgate.server.listener.RawOrigin;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A provider that answers each request exactly as it is told, and remembers what it was asked. */
final class ScriptedProvider implements AutoCloseable {
  /** A request, content included. */
  record Request(String head, String body, RawOrigin.Connection connection) {
    String field(String name) {
      return RawOrigin.field(head, name);
    }

    void answer(String body) throws IOException {
      answer("200 OK", "application/json", body);
    }

    void answer(String status, String type, String body) throws IOException {
      answer(status, "Content-Type: " + type + "\r\n", type, body);
    }

    void answer(String status, String fields, String type, String body) throws IOException {
      connection.send(
          "HTTP/1.1 %s\r\n%sContent-Length: %d\r\n\r\n%s"
              .formatted(status, fields, body.getBytes(UTF_8).length, latin(body)));
    }

    /** Begins a stream. */
    void stream() throws IOException {
      connection.send(
          """
          HTTP/1.1 200 OK\r
          Content-Type: text/event-stream\r
          Transfer-Encoding: chunked\r
          \r
          """);
    }

    void chunk(String text) throws IOException {
      byte[] bytes = text.getBytes(UTF_8);
      connection.send(Integer.toHexString(bytes.length) + "\r\n" + latin(text) + "\r\n");
    }

    void end() throws IOException {
      connection.send("0\r\n\r\n");
    }

    /** A whole stream. */
    void streamed(String... frames) throws IOException {
      stream();
      for (String frame : frames) {
        chunk(frame);
      }
      end();
    }

    private static String latin(String text) {
      return new String(text.getBytes(UTF_8), ISO_8859_1);
    }
  }

  /** What is done for a request. */
  interface Script {
    void answer(Request request) throws IOException;
  }

  final List<Request> requests = new CopyOnWriteArrayList<>();
  volatile Script script;
  private final RawOrigin origin;

  /** One that says the same each time, whole or as a stream, as it is asked. */
  static ScriptedProvider saying(String whole, String... stream) {
    return new ScriptedProvider(request -> say(request, whole, stream));
  }

  private static void say(Request request, String whole, String... stream) throws IOException {
    if (request.body().contains("\"stream\":true")) {
      request.streamed(stream);
    } else {
      request.answer(whole);
    }
  }

  ScriptedProvider(Script first) {
    script = first;
    origin = new RawOrigin(this::serve);
  }

  private void serve(int count, String head, RawOrigin.Connection connection) throws IOException {
    String length = RawOrigin.field(head, "content-length");
    byte[] content = connection.in().readNBytes(length.isEmpty() ? 0 : Integer.parseInt(length));
    Request request = new Request(head, new String(content, UTF_8), connection);
    requests.add(request);
    script.answer(request);
  }

  int port() {
    return origin.port();
  }

  Request last() {
    return requests.getLast();
  }

  @Override
  public void close() {
    origin.close();
  }
}
