package io.warmgate.httpcache.purge;

import java.util.List;

/**
 * What purges select an entry by.
 *
 * @param host lower-case, without port
 * @param path without query
 */
public record Subject(String host, String path, List<String> tags) {}
