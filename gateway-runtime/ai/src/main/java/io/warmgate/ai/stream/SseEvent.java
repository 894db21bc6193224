package io.warmgate.ai.stream;

/**
 * One server-sent event.
 *
 * @param name empty where it has none
 */
public record SseEvent(String name, String data) {

  /** As it is sent; a name is left out where it is empty. */
  public String frame() {
    StringBuilder frame = new StringBuilder();
    if (!name.isEmpty()) {
      frame.append("event: ").append(name).append('\n');
    }
    data.lines().forEach(line -> frame.append("data: ").append(line).append('\n'));
    return frame.append('\n').toString();
  }
}
