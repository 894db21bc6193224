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
import org.jspecify.annotations.Nullable;

/**
 * What answers out of an entry in memory begin with. Its {@code Age} and {@code Cache-Status} tell
 * seconds: so a head that is sent often is made once a second, and one that is sent once is not
 * kept. Event loops share it; one that overwrites another's work only repeats it.
 */
public final class HitHead {
  private volatile @Nullable Made last;

  /**
   * @param fields null: was asked for once
   */
  private record Made(Serve serve, @Nullable MultiMap fields) {}

  /**
   * @param entry the one that this is kept with
   * @return immutable, {@code Content-Length} included; null where the answer before was not the
   *     same
   */
  public @Nullable MultiMap fields(StoredResponse entry, Serve serve, String cache) {
    Made made = last;
    if (made == null || !made.serve.equals(serve)) {
      last = new Made(serve, null);
      return null;
    }
    if (made.fields != null) {
      return made.fields;
    }
    MultiMap fields = make(entry, serve, cache);
    last = new Made(serve, fields);
    return fields;
  }

  /** Of the fields in memory, and of the bytes that they are sent as; an estimate. */
  static int weight(FieldList stored) {
    int weight = 768;
    for (int i = 0; i < stored.size(); i++) {
      weight += 100 + 2 * (stored.name(i).length() + stored.value(i).length());
    }
    return weight;
  }

  private static MultiMap make(StoredResponse entry, Serve serve, String cache) {
    FieldList stored = entry.fields();
    MultiMap fields = HttpHeaders.headers();
    for (int i = 0; i < stored.size(); i++) {
      if (!stored.name(i).equals(TargetedCacheControl.OURS)) {
        fields.add(new AsciiString(stored.name(i)), new AsciiString(stored.value(i)));
      }
    }
    fields.set(HttpHeaderNames.AGE, new AsciiString(Long.toString(serve.ageSeconds())));
    fields.add(
        new AsciiString("cache-status"), new AsciiString(CacheStatus.hit(serve).render(cache)));
    // RFC 9110 §8.6: not in a 204.
    if (entry.status() != 204) {
      fields.set(
          HttpHeaderNames.CONTENT_LENGTH, new AsciiString(Integer.toString(entry.body().length())));
    }
    return fields.copy(false);
  }
}
