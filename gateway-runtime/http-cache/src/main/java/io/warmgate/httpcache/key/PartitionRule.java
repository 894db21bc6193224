package io.warmgate.httpcache.key;

import io.warmgate.httpcache.Fields;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Whose answers a key's are: by the request fields that carry credentials. A key has a digest of
 * their values, never the values.
 *
 * @param credentialFields names, kept in lower case and sorted; empty: everybody shares
 */
public record PartitionRule(List<String> credentialFields) {
  /** Everybody shares. */
  public static final PartitionRule NONE = new PartitionRule(List.of());

  public PartitionRule {
    credentialFields =
        credentialFields.stream()
            .map(name -> name.toLowerCase(Locale.ROOT))
            .distinct()
            .sorted()
            .toList();
  }

  /**
   * SHA-256, in hexadecimal, of what tells one caller from others. No credential's digest is one of
   * these: theirs begin with a text.
   *
   * @param kind of partition
   * @param parts by which callers of the kind differ
   */
  public static String ofCaller(String kind, List<String> parts) {
    KeyBuffer buffer = KeyBuffer.ofThread();
    buffer.absent().text(kind);
    parts.forEach(buffer::text);
    return new CacheKey(buffer.toBytes()).hex();
  }

  /** SHA-256 in hexadecimal; null where the request has none of the fields: whoever is nobody. */
  public @Nullable String of(Fields request) {
    boolean any = false;
    for (String name : credentialFields) {
      any |= request.contains(name);
    }
    if (!any) {
      return null;
    }
    KeyBuffer buffer = KeyBuffer.ofThread();
    for (String name : credentialFields) {
      List<String> lines = request.all(name);
      buffer.text(name).number(lines.size());
      lines.forEach(buffer::text);
    }
    return new CacheKey(buffer.toBytes()).hex();
  }
}
