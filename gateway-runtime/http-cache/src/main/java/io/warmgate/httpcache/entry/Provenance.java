package io.warmgate.httpcache.entry;

import io.warmgate.httpcache.Bytes;
import io.warmgate.httpcache.purge.Position;
import java.util.List;

/**
 * Where an entry comes from.
 *
 * @param keyMaterial what was hashed into its key, selecting fields included
 * @param generation the release that made it
 * @param position of the log, as applied when the request was sent (the last validation's, once
 *     validated): later purges apply to the entry
 * @param tags names it can be purged by
 */
public record Provenance(
    Bytes keyMaterial, String generation, Position position, List<String> tags) {
  public Provenance {
    tags = List.copyOf(tags);
  }
}
