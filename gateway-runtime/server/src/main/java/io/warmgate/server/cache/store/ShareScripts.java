package io.warmgate.server.cache.store;

import io.warmgate.server.cache.redis.Script;

/**
 * What {@link StoreScripts} does, of slots that belong to a partition: it has a share, and Redis
 * holds it to it in the same step.
 *
 * <p>One sorted set has all that a partition has in Redis: the 32 bytes of a key, with the 16 of a
 * body's id where that lies in chunks. A score is when it came, in seconds, and in its low 21 bits
 * the size in units of 64 bytes; so the oldest is first, and what it takes is beside it. The member
 * without a name has the sum, and the lowest score of all. It is one key, since Redis may evict
 * any: then the partition begins anew, and never with half of an account.
 *
 * <p>Redis tells nobody what it evicts or what has expired. Each store looks whether two by chance
 * are still there, and where there is no room the two oldest, and forgets those that are not.
 */
final class ShareScripts {
  /** What an answer may take of its partition's share: one in so many. */
  static final int LARGEST = 2;

  /** Of what is counted, in bytes. */
  static final int UNIT = 64;

  /** Of a user who may not do what it takes to count: nothing was. */
  static final int UNCOUNTED = -2;

  /** The share has no room for it. */
  static final int NO_ROOM = -1;

  /** So many keys are deleted in one call, and the rest of one body: some milliseconds. */
  private static final int DELETED_AT_ONCE = 512;

  private static final String COUNT =
      StoreScripts.CHUNKS
          + """
          local set, low = KEYS[2], 2097152
          local eight = '>I4I4I4I4I4I4I4I4'
          local function raw(digits)
            local words = {}
            for i = 1, 8 do
              words[i] = tonumber(digits:sub(8 * i - 7, 8 * i), 16)
            end
            return struct.pack(eight, unpack(words))
          end
          local function nameOf(member)
            return KEYS[1]:sub(1, -65)
                .. string.format(('%08x'):rep(8), struct.unpack(eight, member))
          end
          local mine = raw(KEYS[1]:sub(-64))
          local total = redis.pcall('ZSCORE', set, '')
          local counted = type(total) ~= 'table'
          if counted then
            total = tonumber(total or 0)
          end
          local dropped, deleted = 0, 0
          local function score(member)
            return tonumber(redis.call('ZSCORE', set, member) or 0)
          end
          local function forget(member)
            local was = score(member)
            if was > 0 then
              redis.call('ZREM', set, member)
              total = total - was % low
            end
          end
          local function count(member, units, seconds)
            forget(member)
            redis.call('ZADD', set, seconds * low + units, member)
            total = total + units
          end
          local function drop(member, units)
            local name, body = nameOf(member), member:sub(33)
            if id(redis.call('GETRANGE', name, 0, 51)) == body then
              redis.call('DEL', name)
            end
            deleted = deleted + 1
            if body ~= '' then
              local chunks = {}
              for i = 0, math.ceil(units * UNIT / CHUNK) do
                chunks[i + 1] = name .. ':' .. hex(body) .. ':' .. i
              end
              redis.call('DEL', unpack(chunks))
              deleted = deleted + #chunks
            end
            forget(member)
          end
          local function check(from, to)
            local some = redis.call('ZRANGE', set, from, to, 'WITHSCORES')
            for i = 1, #some, 2 do
              local member = some[i]
              if member ~= '' then
                local name, body = nameOf(member), member:sub(33)
                local head = redis.call('GETRANGE', name, 0, 51)
                if body == '' and (head == '' or id(head) ~= '') then
                  forget(member)
                elseif body ~= ''
                    and redis.call('GETRANGE', name .. ':' .. hex(body) .. ':0', 0, 0) == '' then
                  drop(member, some[i + 1] % low)
                end
              end
            end
          end
          local function room(share, units, replaced, spared)
            local function over()
              local less = score(spared) % low
              if replaced ~= spared then
                less = less + score(replaced) % low
              end
              return total - less + units > share
            end
            if units * LARGEST > share then
              return false
            end
            if over() then
              check(1, 2)
            end
            while over() do
              local old = redis.call('ZRANGE', set, 1, 2, 'WITHSCORES')
              local at = old[1] == spared and 3 or 1
              if not old[at] or deleted >= MOST then
                return false
              end
              drop(old[at], old[at + 1] % low)
              dropped = dropped + 1
            end
            return true
          end
          local function save(millis)
            if total == 0 then
              redis.call('DEL', set)
              return
            end
            redis.call('ZADD', set, total, '')
            if redis.call('PTTL', set) < tonumber(millis) then
              redis.call('PEXPIRE', set, millis + 60000)
            end
          end
          """
              .replace("UNIT", Integer.toString(UNIT))
              .replace("CHUNK", Integer.toString(ChunkShelf.CHUNK))
              .replace("LARGEST", Integer.toString(LARGEST))
              .replace("MOST", Integer.toString(DELETED_AT_ONCE));

  /**
   * {@link StoreScripts#PUT} within a share. Keys: the entry's, the partition's, those of chunks.
   * Arguments: as there, and the share in units, what it takes in bytes, the time in seconds, any
   * number. Returns 0: another is kept; less: see above; more by one than others that had to leave.
   */
  static final Script PUT =
      new Script(
          COUNT
              + StoreScripts.ORDER
              + """
              local body = id(ARGV[1])
              local member, units = mine .. body, math.ceil(ARGV[7] / UNIT)
              if counted then
                local others = redis.call('ZCARD', set) - 1
                if others > 0 then
                  local from = 1 + ARGV[9] % others
                  check(from, from + 1)
                end
                if not room(tonumber(ARGV[6]), units, mine, member) then
                  save(ARGV[5])
                  return NO_ROOM
                end
              end
              for i = 3, #KEYS do
                if redis.call('PEXPIRE', KEYS[i], ARGV[2] + ARGV[5]) == 0 then
                  if counted then
                    save(ARGV[5])
                  end
                  return 0
                end
              end
              if id(head) ~= '' and id(head) ~= body then
                leave(ARGV[5])
              end
              redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
              if not counted then
                return UNCOUNTED
              end
              if body ~= '' then
                forget(mine)
              end
              count(member, units, ARGV[8])
              save(ARGV[2] + ARGV[5])
              return 1 + dropped
              """
                  .replace("UNIT", Integer.toString(UNIT))
                  .replace("NO_ROOM", Integer.toString(NO_ROOM))
                  .replace("UNCOUNTED", Integer.toString(UNCOUNTED)));

  /**
   * Writes a chunk of a body that has no head yet. Keys: the entry's, the partition's, the chunk's.
   * Arguments: the bytes, for how long, the body's id, what it takes in bytes, the share in units,
   * the time in seconds. Returns as {@link #PUT}.
   */
  static final Script CHUNK =
      new Script(
          COUNT
              + """
              local member = mine .. ARGV[3]
              if counted then
                local was = score(member)
                local units = was % low + math.ceil(ARGV[4] / UNIT)
                if not room(tonumber(ARGV[5]), units, member, member) then
                  save(ARGV[2])
                  return NO_ROOM
                end
                count(member, units, was > 0 and math.floor(was / low) or ARGV[6])
                save(ARGV[2])
              end
              redis.call('SET', KEYS[3], ARGV[1], 'PX', ARGV[2])
              return counted and 1 + dropped or UNCOUNTED
              """
                  .replace("UNIT", Integer.toString(UNIT))
                  .replace("NO_ROOM", Integer.toString(NO_ROOM))
                  .replace("UNCOUNTED", Integer.toString(UNCOUNTED)));

  /**
   * Drops what was written of a body that gets no head. Keys: the entry's, the partition's, those
   * of the chunks. Arguments: the body's id.
   */
  static final Script GIVE_UP =
      new Script(
          COUNT
              + """
              for i = 3, #KEYS do
                redis.call('DEL', KEYS[i])
              end
              if id(head) == ARGV[1] then
                redis.call('DEL', KEYS[1])
              end
              if counted then
                forget(mine .. ARGV[1])
                save(0)
              end
              return 1
              """);

  /** {@link StoreScripts#REMOVE}. Keys: the entry's, the partition's. Arguments: as there. */
  static final Script REMOVE =
      new Script(
          COUNT
              + """
              local there = id(head)
              if ARGV[2] ~= '' and ARGV[2] ~= hex(there) then
                return 0
              end
              if there ~= '' then
                leave(ARGV[1])
              end
              if counted then
                forget(mine)
                save(0)
              end
              return redis.call('DEL', KEYS[1])
              """);

  private ShareScripts() {}
}
