package io.warmgate.local.api;

import java.util.OptionalInt;
import java.util.OptionalLong;

/** Where {@code kubectl logs} reads: whoever runs the pods provides it. */
@FunctionalInterface
public interface PodLogs {
  /** For a server whose pods nobody runs. */
  PodLogs NONE = (_, output) -> output.end();

  /**
   * What to read.
   *
   * @param container empty where the pod has one only
   * @param follow whether to go on as the log grows
   * @param previous whether the log of the container's run before the present one is meant
   * @param timestamps whether each line begins with its time (RFC 3339)
   * @param tailLines how many of the last lines; absent for all
   * @param sinceSeconds how far back; absent for all
   */
  record Query(
      String namespace,
      String pod,
      String container,
      boolean follow,
      boolean previous,
      boolean timestamps,
      OptionalInt tailLines,
      OptionalLong sinceSeconds) {}

  /** The client that reads; may be used from any thread. */
  interface Output {
    /** Sends some of the log, in UTF-8. */
    void write(byte[] text);

    void end();

    /** Whether the client is gone, so that nothing more need be written. */
    boolean closed();
  }

  /**
   * Begins to write the log to {@code output}, which must be ended. Is called on the server's event
   * loop: returns at once and writes from elsewhere what takes time.
   */
  void open(Query query, Output output);
}
