package io.warmgate.server.cache;

import io.warmgate.httpcache.key.CacheKey;
import io.warmgate.server.cache.Layers.Found;

/**
 * What a lookup found, and where.
 *
 * @param primary the key it was looked up by first: the request's own, or that of the canonical
 *     form of its query ({@link EquivalentUrls})
 */
record Spot(CacheKey primary, Found found) {}
