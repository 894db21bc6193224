package io.warmgate.ai.stream;

/**
 * One server-sent event.
 *
 * @param name empty where it has none
 */
public record SseEvent(String name, String data) {

  /** As it is sent; a name is left out where it is empty. */
  public String frame() {
    String head = name.isEmpty() ? "" : "event: " + name + "\n";
    if (data.indexOf('\n') < 0 && data.indexOf('\r') < 0) {
      return data.isEmpty() ? head + "\n" : head + "data: " + data + "\n\n";
    }
    StringBuilder frame = new StringBuilder(head.length() + data.length() + 64).append(head);
    data.lines().forEach(line -> frame.append("data: ").append(line).append('\n'));
    return frame.append('\n').toString();
  }
}
