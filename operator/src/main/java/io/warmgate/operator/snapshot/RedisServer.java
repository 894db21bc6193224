package io.warmgate.operator.snapshot;

/**
 * What is known of a Redis server.
 *
 * @param reach what became of reaching it: for a Standalone server whether its pod is ready
 * @param settled whether what runs is what was asked: false while a StatefulSet restarts its pod
 * @param evictsLog whether it evicts keys without an expiry ({@code maxmemory-policy allkeys-*})
 */
public record RedisServer(Reach reach, boolean settled, boolean evictsLog) {

  /** What became of reaching the server. */
  public enum Reach {
    ANSWERS,
    /** It refuses the credentials. */
    UNAUTHORIZED,
    UNREACHABLE,
    /** No authority that is trusted signed its certificate, or it is out of date. */
    UNTRUSTED,
    /** Its certificate is another name's. */
    OTHER_NAME,
    /** It asks for a client certificate, or for another one. */
    ASKS_CERTIFICATE,
    /** It speaks no TLS there, or none that we speak. */
    NO_TLS,
    /** Not tried yet. */
    UNKNOWN
  }
}
