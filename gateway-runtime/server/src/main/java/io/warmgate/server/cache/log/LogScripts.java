package io.warmgate.server.cache.log;

import io.warmgate.server.cache.redis.Script;

/**
 * What is done to the log in one step. Keys: the epoch, the stream. Neither has an expiry, so that
 * a server under {@code volatile-*} eviction never drops them.
 */
final class LogScripts {
  /** How many entries the stream keeps; a reader of a longer history starts from a floor. */
  static final int KEPT = 100_000;

  /**
   * Finds the log, or begins one. Arguments: a random epoch to begin with if one must be begun, the
   * epoch the caller knows (or empty), the last position it applied (or empty).
   *
   * <p>A new epoch begins where there is none, and where the caller's last entry is no longer
   * there: the server lost what it had. A stream without an epoch is kept: an application may have
   * appended to an empty server before any pod came. Answers epoch, and the stream's first position
   * where entries before it were dropped, else {@code 0-0}.
   */
  static final Script FIND =
      new Script(
          """
          local epoch = redis.call('GET', KEYS[1])
          if not epoch then
            epoch = ARGV[1]
            redis.call('SET', KEYS[1], epoch)
          elseif ARGV[2] == epoch and ARGV[3] ~= '' and ARGV[3] ~= '0-0'
              and #redis.call('XRANGE', KEYS[2], ARGV[3], ARGV[3]) == 0 then
            epoch = ARGV[1]
            redis.call('SET', KEYS[1], epoch)
          end
          local floor = '0-0'
          if redis.call('XLEN', KEYS[2]) >= tonumber(ARGV[4]) then
            floor = redis.call('XRANGE', KEYS[2], '-', '+', 'COUNT', 1)[1][1]
          end
          return {epoch, floor}
          """);

  /**
   * Appends. Arguments: the epoch the caller knows, the purge's id, the order as JSON, how many
   * entries are kept. Answers the position, or nothing where the epoch is another one.
   */
  static final Script APPEND =
      new Script(
          """
          if redis.call('GET', KEYS[1]) ~= ARGV[1] then return false end
          return redis.call('XADD', KEYS[2], 'MAXLEN', '~', ARGV[4], '*', 'id', ARGV[2], 'order', ARGV[3])
          """);

  private LogScripts() {}
}
