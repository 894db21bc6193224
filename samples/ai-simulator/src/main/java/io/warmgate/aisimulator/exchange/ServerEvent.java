package io.warmgate.aisimulator.exchange;

/**
 * One event of a stream (server-sent events).
 *
 * @param name of the event; empty where the dialect gives none
 * @param data on one line
 * @param part which part of the stream it is
 * @param tokens how many tokens of the answer it brings: they take their time
 */
public record ServerEvent(String name, String data, Part part, int tokens) {
  /** Which part of a stream an event is. */
  public enum Part {
    OPENING,
    CONTENT,
    /** Says why the answer ended. */
    FINISH,
    /** Says that nothing comes after it. */
    TERMINAL
  }

  /** As it is sent. */
  public String wire() {
    return (name.isEmpty() ? "" : "event: " + name + "\n") + "data: " + data + "\n\n";
  }
}
