package io.warmgate.server.cache.lease;

/**
 * This pod's right to be the one that fetches for a key. Ends once, by the first {@link #end}; one
 * that is not ended runs out by itself.
 */
public interface Lease {

  /** Where nobody is held off: there is no Redis to ask, or another pod took too long. */
  Lease NONE = _ -> {};

  /** What who waits should know of the answer. */
  enum End {
    /** It is in Redis, or there was none: look there, and else ask to be the one that fetches. */
    LOOK(""),
    /** It is the asker's alone: whoever waits asks the origin for itself. */
    UNCACHEABLE("-"),
    /** It is for everybody, but not in Redis: each pod fetches once. */
    NOT_IN_REDIS("!");

    private final String token;

    End(String token) {
      this.token = token;
    }

    String token() {
      return token;
    }
  }

  /** Called on an event loop. */
  void end(End how);
}
