package io.warmgate.server.cache.lease;

import io.warmgate.server.cache.redis.Script;

/**
 * What is done to a lease in one step. Its key holds the token of who fetches, {@code token+} where
 * somebody waits, or, for a while after an answer that is not in Redis, {@link Lease.End}'s.
 */
final class LeaseScripts {
  /**
   * Takes the lease if it is free. Arguments: the caller's token, milliseconds that it holds. An
   * empty answer: it is the caller's; one character: how it ended; else the token of who has it,
   * who will tell when it is over.
   */
  static final Script CLAIM =
      new Script(
          """
          local held = redis.call('GET', KEYS[1])
          if not held then
            redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
            return ''
          end
          if #held > 1 and held:sub(-1) ~= '+' then
            redis.call('SET', KEYS[1], held .. '+', 'KEEPTTL')
          end
          return held
          """);

  /** Holds it for longer. Arguments: the caller's token, milliseconds. */
  static final Script RENEW =
      new Script(
          """
          local held = redis.call('GET', KEYS[1])
          if held == ARGV[1] or held == ARGV[1] .. '+' then
            return redis.call('PEXPIRE', KEYS[1], ARGV[2])
          end
          return 0
          """);

  /**
   * Ends it, and tells who waits: how it ended, whose it was, its key. Arguments: the caller's
   * token; how it ended; for how many milliseconds that can be read, where it is not empty; the
   * channel.
   */
  static final Script END =
      new Script(
          """
          local held = redis.call('GET', KEYS[1])
          if held ~= ARGV[1] and held ~= ARGV[1] .. '+' then return 0 end
          if ARGV[2] == '' then
            redis.call('DEL', KEYS[1])
          else
            redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
          end
          if held:sub(-1) == '+' then
            redis.call('PUBLISH', ARGV[4], ARGV[2] .. ' ' .. ARGV[1] .. ' ' .. KEYS[1])
          end
          return 1
          """);

  private LeaseScripts() {}
}
