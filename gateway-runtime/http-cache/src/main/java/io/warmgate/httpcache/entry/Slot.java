package io.warmgate.httpcache.entry;

import io.warmgate.httpcache.Bytes;

/**
 * What lies under a key: an answer, parts of one, or the names of the request fields that select
 * among several. A lookup finds a {@link VariantIndex} under the primary key and looks once more,
 * under the variant's. A {@link SearchIndex} has a key of its own, which no request's is.
 */
public sealed interface Slot permits StoredResponse, PartialResponse, VariantIndex, SearchIndex {

  /** What was hashed into the key: a hit compares it. */
  Bytes keyMaterial();
}
