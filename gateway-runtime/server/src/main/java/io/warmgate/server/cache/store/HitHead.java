package io.warmgate.server.cache.store;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.util.AsciiString;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.warmgate.httpcache.CacheStatus;
import io.warmgate.httpcache.Decision.Serve;
import io.warmgate.httpcache.FieldList;
import io.warmgate.httpcache.entry.StoredResponse;
import io.warmgate.httpcache.rule.TargetedCacheControl;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What answers out of an entry in memory begin with. The entry's own fields are made ready for
 * sending once, when it is asked for again. {@code Age} and {@code Cache-Status} tell seconds: a
 * whole head is made and shared where the entry is asked for so often within one second that it
 * pays. Heads that live for a second, of many entries, would be carried into the old generation,
 * and cost more in pauses than they spare ({@code docs/performance.md}).
 *
 * <p>Event loops share it without a lock: one that overwrites another's work only repeats it, and
 * counts that get lost put a shared head off.
 */
public final class HitHead {
  /** Uses in one second before a head is made for the others. */
  static final int SHARED_AFTER = 16;

  private static final AsciiString CACHE_STATUS = AsciiString.cached("cache-status");

  /** Names and values by turns; null: was asked for once at most. */
  private volatile AsciiString @Nullable [] ready;

  private volatile @Nullable Made made;
  private boolean asked;
  private long second = -1;
  private int uses;

  private record Made(Serve serve, MultiMap fields) {}

  /**
   * @param entry the one that this is kept with
   * @return immutable, {@code Content-Length} included; null where this answer's is its own
   */
  public @Nullable MultiMap shared(StoredResponse entry, Serve serve, String cache) {
    Made last = made;
    if (last != null && last.serve.equals(serve)) {
      return last.fields;
    }
    if (second != serve.ageSeconds()) {
      second = serve.ageSeconds();
      uses = 0;
      made = null;
    }
    if (uses++ < SHARED_AFTER) {
      return null;
    }
    MultiMap fields = make(entry, serve, cache);
    made = new Made(serve, fields);
    return fields;
  }

  /** Adds what was stored, without what is for this cache alone. */
  public void add(MultiMap headers, StoredResponse entry) {
    AsciiString[] all = ready;
    if (all != null) {
      for (int i = 0; i < all.length; i += 2) {
        headers.add(all[i], all[i + 1]);
      }
      return;
    }
    if (asked) {
      ready = ready(entry.fields());
    }
    asked = true;
    FieldList stored = entry.fields();
    for (int i = 0; i < stored.size(); i++) {
      if (!isOurs(stored.name(i))) {
        headers.add(stored.name(i), stored.value(i));
      }
    }
  }

  /** Of the fields in memory, and of the bytes that they are sent as; an estimate. */
  static int weight(FieldList stored) {
    int weight = 768;
    for (int i = 0; i < stored.size(); i++) {
      weight += 100 + 2 * (stored.name(i).length() + stored.value(i).length());
    }
    return weight;
  }

  private static boolean isOurs(String name) {
    return name.equals(TargetedCacheControl.OURS);
  }

  private static AsciiString[] ready(FieldList stored) {
    List<AsciiString> all = new ArrayList<>(2 * stored.size());
    for (int i = 0; i < stored.size(); i++) {
      if (!isOurs(stored.name(i))) {
        all.add(new AsciiString(stored.name(i)));
        all.add(new AsciiString(stored.value(i)));
      }
    }
    return all.toArray(AsciiString[]::new);
  }

  private MultiMap make(StoredResponse entry, Serve serve, String cache) {
    MultiMap fields = HttpHeaders.headers();
    add(fields, entry);
    fields.set(HttpHeaderNames.AGE, new AsciiString(Long.toString(serve.ageSeconds())));
    fields.add(CACHE_STATUS, new AsciiString(CacheStatus.hit(serve).render(cache)));
    // RFC 9110 §8.6: not in a 204.
    if (entry.status() != 204) {
      fields.set(
          HttpHeaderNames.CONTENT_LENGTH, new AsciiString(Integer.toString(entry.body().length())));
    }
    return fields.copy(false);
  }
}
