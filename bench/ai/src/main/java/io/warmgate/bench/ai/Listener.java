package io.warmgate.bench.ai;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.core.parsetools.RecordParser;

/** Reads one stream, and times each token that it hears. */
final class Listener {
  private final Dialect dialect;
  private final long asked;
  private final int tokens;
  private final Heard heard;
  private final StringBuilder text = new StringBuilder();
  private final RecordParser lines = RecordParser.newDelimited("\n", this::line);
  private long last;
  private boolean ended;

  /**
   * @param asked when the request was sent, by {@link System#nanoTime}
   * @param tokens how many are to come
   */
  Listener(Dialect dialect, long asked, int tokens, Heard heard) {
    this.dialect = dialect;
    this.asked = asked;
    this.tokens = tokens;
    this.heard = heard;
  }

  void read(Buffer buffer) {
    lines.handle(buffer);
  }

  private void line(Buffer line) {
    String said = line.toString().strip();
    if (!said.startsWith("data:")) {
      return;
    }
    String data = said.substring(5).strip();
    if (dialect.isEnd(data)) {
      ended = true;
    } else {
      hear(dialect.text(new JsonObject(data)));
    }
  }

  private void hear(String token) {
    if (token.isEmpty()) {
      return;
    }
    long now = System.nanoTime();
    if (text.isEmpty()) {
      heard.first((now - asked) / 1000);
    } else {
      heard.gap((now - last) / 1000);
    }
    last = now;
    text.append(token);
  }

  /**
   * The answer's end: it is whole when every token came, in order, and the stream said that it
   * ended.
   */
  void end(int status) {
    StringBuilder wanted = new StringBuilder();
    for (int i = 0; i < tokens; i++) {
      wanted.append(i).append(' ');
    }
    if (status == 200
        && ended
        && text.toString().stripTrailing().contentEquals(wanted.toString().stripTrailing())) {
      heard.whole();
    } else {
      heard.broken("status " + status + ", end " + ended + ", text " + text);
    }
  }
}
