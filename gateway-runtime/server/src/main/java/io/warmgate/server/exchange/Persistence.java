package io.warmgate.server.exchange;

/** Whether a client of HTTP/1.1 may use its connection again (RFC 9112 §9.3). */
public enum Persistence {
  KEEP,
  /** It is told to connect anew. */
  CLOSE
}
