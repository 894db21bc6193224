package io.warmgate.server.cache;

import io.netty.handler.codec.http.HttpHeaders;
import io.vertx.core.MultiMap;
import io.warmgate.httpcache.Fields;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A client's header fields as the rules see them. A hit asks for a dozen names that hardly any
 * request has; so the names that are there are noted once, in one bit each, and most questions are
 * answered without hashing a name. Nobody adds to the fields from then on.
 */
final class RequestFields implements Fields {
  private final MultiMap headers;
  private final long noted;

  RequestFields(MultiMap headers) {
    this.headers = headers;
    this.noted = headers instanceof HttpHeaders http1 ? bits(http1) : -1;
  }

  private static long bits(HttpHeaders headers) {
    long bits = 0;
    Iterator<Map.Entry<CharSequence, CharSequence>> lines = headers.iteratorCharSequence();
    while (lines.hasNext()) {
      bits |= bit(lines.next().getKey());
    }
    return bits;
  }

  /** By length, first and last letter, in either case. Different names may share one. */
  private static long bit(CharSequence name) {
    int length = name.length();
    return length == 0
        ? 0
        : 1L << (length * 7 + (name.charAt(0) | 0x20) * 5 + (name.charAt(length - 1) | 0x20));
  }

  private boolean mayHave(String name) {
    return (noted & bit(name)) != 0;
  }

  @Override
  public @Nullable String first(String name) {
    return mayHave(name) ? headers.get(name) : null;
  }

  @Override
  public List<String> all(String name) {
    return mayHave(name) ? headers.getAll(name) : List.of();
  }

  @Override
  public Collection<String> names() {
    return headers.names();
  }

  @Override
  public void forEach(BiConsumer<? super String, ? super String> line) {
    headers.forEach(line::accept);
  }
}
