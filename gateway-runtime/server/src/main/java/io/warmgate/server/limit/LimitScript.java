package io.warmgate.server.limit;

import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.warmgate.server.cache.redis.Script;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Counts in Redis, all that one caller asks in one step, by Redis' own clock. A window is what
 * {@link SlidingWindow} is, kept as {@code slice:count} pairs; permits are kept as {@code holder
 * count expiry}. Both under keys that expire.
 *
 * <p>What is granted beyond the need is at most an eighth of what is left, so that grants shrink
 * towards the end and the last ones are of one request each: nobody is refused because of what
 * another pod holds and does not use, except for as long as a grant lives.
 */
final class LimitScript {
  /** What a holder of permits that is not heard of loses them after, in milliseconds. */
  static final long HELD_MILLIS = 5_000;

  private static final int NUMBERS = 5;

  static final Script COUNT =
      new Script(
          """
          local time = redis.call('TIME')
          local now = time[1] * 1000 + math.floor(time[2] / 1000)
          local function text(number) return string.format('%.0f', number) end
          local function grant(free, need, want, least)
            if free < least then return 0 end
            return math.max(0, math.min(free, math.max(need, math.min(want, math.floor(free / 8)))))
          end
          local function window(key, amount, need, want, per, spent, least, back)
            local width = math.ceil(per / 20)
            local slice = math.floor(now / width)
            local counts, used = {}, 0
            for s, c in (redis.call('GET', key) or ''):gmatch('(%d+):(%d+)') do
              s = math.min(tonumber(s), slice)
              if s >= slice - 20 then counts[s] = (counts[s] or 0) + tonumber(c) end
            end
            for s, c in back:gmatch('(%d+):(%d+)') do
              s = math.min(tonumber(s), slice)
              if counts[s] then counts[s] = math.max(0, counts[s] - tonumber(c)) end
            end
            counts[slice] = (counts[slice] or 0) + spent
            for _, c in pairs(counts) do used = used + c end
            local granted = grant(amount - used, need, want, least)
            counts[slice] = counts[slice] + granted
            local kept, oldest = {}, nil
            for s, c in pairs(counts) do
              if c > 0 then
                kept[#kept + 1] = text(s) .. ':' .. text(c)
                if not oldest or s < oldest then oldest = s end
              end
            end
            if granted + spent > 0 or back ~= '' then
              if oldest then
                redis.call('SET', key, table.concat(kept, ' '), 'PX', text(width * 22))
              else
                redis.call('DEL', key)
              end
            end
            local less = oldest and (oldest + 21) * width - now or 0
            return granted, math.max(0, amount - used - granted), less, (slice + 1) * width - now, slice
          end
          local function permits(key, amount, need, want, holder, held, life)
            local kept, others = {}, 0
            for h, c, e in (redis.call('GET', key) or ''):gmatch('([^ ;]+) (%d+) (%d+)') do
              if h ~= holder and tonumber(e) > now then
                others = others + tonumber(c)
                kept[#kept + 1] = h .. ' ' .. c .. ' ' .. e
              end
            end
            local granted = grant(amount - others - held, need, want, 1)
            if held + granted > 0 then
              kept[#kept + 1] = holder .. ' ' .. text(held + granted) .. ' ' .. text(now + life)
            end
            if #kept > 0 then
              redis.call('SET', key, table.concat(kept, ';'), 'PX', text(life))
            else
              redis.call('DEL', key)
            end
            return granted, math.max(0, amount - others - held - granted), 0, 0, 0
          end
          local life, answers = tonumber(ARGV[1]), {}
          for i, key in ipairs(KEYS) do
            local a = {}
            for j = 1, 8 do a[j] = ARGV[(i - 1) * 8 + 1 + j] end
            local of = {}
            local amount, need, want = tonumber(a[2]), tonumber(a[3]), tonumber(a[4])
            if a[1] == 'w' then
              of = {window(key, amount, need, want, tonumber(a[5]), tonumber(a[6]), tonumber(a[7]), a[8])}
            else
              of = {permits(key, amount, need, want, a[5], tonumber(a[6]), life)}
            end
            for j = 1, 5 do answers[#answers + 1] = of[j] end
          end
          return answers
          """);

  private LimitScript() {}

  static Request call(List<Ask> asks) {
    List<Object> keys = new ArrayList<>(asks.size());
    List<Object> arguments = new ArrayList<>();
    arguments.add(HELD_MILLIS);
    for (Ask ask : asks) {
      keys.add(ask.key());
      arguments.addAll(ask.arguments());
    }
    return COUNT.call(keys, arguments);
  }

  /**
   * @return in the order that was asked
   * @throws IllegalStateException where that is no answer to so many
   */
  static List<Ask.Answer> answers(@Nullable Response response, int asked) {
    if (response == null || response.size() != asked * NUMBERS) {
      throw new IllegalStateException("no answer of Redis to " + asked + " counts");
    }
    List<Ask.Answer> answers = new ArrayList<>(asked);
    for (int i = 0; i < response.size(); i += NUMBERS) {
      answers.add(
          new Ask.Answer(
              response.get(i).toLong(),
              response.get(i + 1).toLong(),
              response.get(i + 2).toLong(),
              response.get(i + 3).toLong(),
              response.get(i + 4).toLong()));
    }
    return answers;
  }
}
