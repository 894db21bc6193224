package io.warmgate.server.ai;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a stream of server-sent events behind each blank line (HTML, "Parsing an event stream"), and
 * leaves its bytes as they are.
 */
final class Frames {
  private Buffer begun = Buffer.buffer();
  private boolean lineIsEmpty = true;
  private boolean afterReturn;

  /**
   * @return what is whole now, each with its blank line
   */
  List<Buffer> read(Buffer chunk) {
    List<Buffer> whole = new ArrayList<>();
    int from = 0;
    for (int i = 0; i < chunk.length(); i++) {
      byte b = chunk.getByte(i);
      boolean secondOfTwo = b == '\n' && afterReturn;
      afterReturn = b == '\r';
      if (secondOfTwo) {
        continue;
      }
      if (b != '\n' && b != '\r') {
        lineIsEmpty = false;
      } else if (lineIsEmpty) {
        whole.add(begun.appendBuffer(chunk, from, i + 1 - from));
        begun = Buffer.buffer();
        from = i + 1;
      } else {
        lineIsEmpty = true;
      }
    }
    begun.appendBuffer(chunk, from, chunk.length() - from);
    return whole;
  }

  /** What no blank line ended; may be empty. */
  Buffer rest() {
    return begun;
  }
}
