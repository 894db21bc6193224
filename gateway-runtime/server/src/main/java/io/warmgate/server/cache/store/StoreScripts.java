package io.warmgate.server.cache.store;

import io.warmgate.server.cache.redis.Script;

/**
 * What Redis does in one step. An entry of version 3 says in plain where its chunks are: the body's
 * id and their number. Those of an answer that is no longer kept stay for a while, since somebody
 * may be reading them.
 */
final class StoreScripts {
  static final String CHUNKS =
      """
      local head = redis.call('GETRANGE', KEYS[1], 0, 51)
      local function id(slot)
        return #slot >= 52 and slot:byte(5) == 3 and slot:sub(33, 48) or ''
      end
      local function hex(bytes)
        return (bytes:gsub('.', function(c) return string.format('%02x', c:byte()) end))
      end
      local function leave(millis)
        local count = math.min(struct.unpack('>I4', head:sub(49, 52)), 4096)
        for i = 0, count - 1 do
          redis.call('PEXPIRE', KEYS[1] .. ':' .. hex(id(head)) .. ':' .. i, millis)
        end
      end
      """;

  static final String ORDER =
      """
      local function order(slot)
        return struct.unpack('>I8I8I8', string.sub(slot, ARGV[3] + 1, ARGV[3] + 24))
      end
      local kind = ARGV[4] + 1
      if #head >= ARGV[3] + 24 and head:byte(kind) == ARGV[1]:byte(kind) then
        local a1, a2, a3 = order(head)
        local b1, b2, b3 = order(ARGV[1])
        if a1 > b1 or (a1 == b1 and (a2 > b2 or (a2 == b2 and a3 > b3))) then
          return 0
        end
      end
      """;

  /**
   * Keeps the later of two answers, by the three numbers that order them; where it has chunks, only
   * if all of them are there, and for a while longer than itself. Keys: the entry's, those of its
   * chunks. Arguments: the slot, expiry in milliseconds, where those numbers begin, where the kind
   * is, for how long chunks stay.
   */
  static final Script PUT =
      new Script(
          CHUNKS
              + ORDER
              + """
              for i = 2, #KEYS do
                if redis.call('PEXPIRE', KEYS[i], ARGV[2] + ARGV[5]) == 0 then
                  return 0
                end
              end
              if id(head) ~= '' and id(head) ~= id(ARGV[1]) then
                leave(ARGV[5])
              end
              redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
              return 1
              """);

  /**
   * Drops an entry. Key: the entry's. Arguments: for how long chunks stay; the id of the body that
   * it must have, in hexadecimal, or nothing.
   */
  static final Script REMOVE =
      new Script(
          CHUNKS
              + """
              local there = id(head)
              if ARGV[2] ~= '' and ARGV[2] ~= hex(there) then
                return 0
              end
              if there ~= '' then
                leave(ARGV[1])
              end
              return redis.call('DEL', KEYS[1])
              """);

  private StoreScripts() {}
}
