package io.warmgate.server.idempotency;

import io.warmgate.server.cache.redis.Script;

/**
 * What is done to a key in one step, by Redis' own clock. Under its name lies, until it expires:
 *
 * <pre>
 *  'R' fingerprint (64 digits) end of the lease (ms since 1970) ' ' token of who has it
 *  'D' fingerprint how it ended ({@link KeptCodec}, sealed where the gateway has keys)
 * </pre>
 */
final class KeyScripts {
  private static final String NOW =
      """
      local time = redis.call('TIME')
      local now = time[1] * 1000 + math.floor(time[2] / 1000)
      local function running(print, token, lease, keep)
        return 'R' .. print .. string.format('%.0f', now + lease) .. ' ' .. token,
          string.format('%.0f', math.max(lease, keep))
      end
      """;

  /**
   * Takes the key if it is free, or if the lease of the same request is over. Arguments: token,
   * fingerprint, milliseconds of the lease, milliseconds that it is remembered. Answers one of
   * {@code F} (it is the caller's), {@code M} (another request has it), {@code R} and the
   * milliseconds left of who has it, {@code D} and how it ended.
   */
  static final Script RESERVE =
      new Script(
          NOW
              + """
              local held = redis.call('GET', KEYS[1])
              if held then
                if held:sub(2, 65) ~= ARGV[2] then return {'M'} end
                if held:sub(1, 1) == 'D' then return {'D', held:sub(66)} end
                local left = tonumber(held:match('^%d+', 66)) - now
                if left > 0 then return {'R', left} end
              end
              local value, life = running(ARGV[2], ARGV[1], tonumber(ARGV[3]), tonumber(ARGV[4]))
              redis.call('SET', KEYS[1], value, 'PX', life)
              return {'F'}
              """);

  /**
   * Holds keys for longer, and those that Redis lost again. Arguments: milliseconds of the lease;
   * then for each key token, fingerprint, milliseconds that it is remembered.
   */
  static final Script RENEW =
      new Script(
          NOW
              + """
              local held = 0
              for i, key in ipairs(KEYS) do
                local token, print, keep = ARGV[i * 3 - 1], ARGV[i * 3], tonumber(ARGV[i * 3 + 1])
                local there = redis.call('GET', key)
                if not there or (there:sub(1, 1) == 'R' and there:sub(-#token) == token) then
                  local value, life = running(print, token, tonumber(ARGV[1]), keep)
                  redis.call('SET', key, value, 'PX', life)
                  held = held + 1
                end
              end
              return held
              """);

  /**
   * Says how it ended. Arguments: token, the whole value, milliseconds that it is remembered.
   * Answers 0 where the key is another's by now.
   */
  static final Script FINISH =
      new Script(
          """
          local held = redis.call('GET', KEYS[1])
          if held and held ~= ARGV[2] and (held:sub(1, 1) ~= 'R' or held:sub(-#ARGV[1]) ~= ARGV[1]) then
            return 0
          end
          redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
          return 1
          """);

  /** Gives the key back. Argument: token. */
  static final Script RELEASE =
      new Script(
          """
          local held = redis.call('GET', KEYS[1])
          if held and held:sub(1, 1) == 'R' and held:sub(-#ARGV[1]) == ARGV[1] then
            return redis.call('DEL', KEYS[1])
          end
          return 0
          """);

  private KeyScripts() {}
}
