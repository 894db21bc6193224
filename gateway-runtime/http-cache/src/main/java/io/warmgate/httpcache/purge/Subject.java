package io.warmgate.httpcache.purge;

import io.warmgate.httpcache.key.CacheKey;
import java.util.List;

/**
 * What purges select an entry by.
 *
 * @param host lower-case, without port
 * @param path without query
 * @param primary the key that a request is looked up by first
 * @param key where the entry lies: the same, or its variant's
 */
public record Subject(
    String host, String path, List<String> tags, CacheKey primary, CacheKey key) {}
