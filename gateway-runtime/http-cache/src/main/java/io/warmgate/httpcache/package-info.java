/**
 * HTTP caching as pure functions: what to do with a request, and with a response.
 *
 * <p>Here is the vocabulary: {@link io.warmgate.httpcache.RequestView what is seen of a request},
 * {@link io.warmgate.httpcache.Decision what is done with it}, and {@link
 * io.warmgate.httpcache.Reason why}. The rules are in {@link io.warmgate.httpcache.rule}, one class
 * a section of RFC 9111; entries and their bytes in {@link io.warmgate.httpcache.entry}; keys in
 * {@link io.warmgate.httpcache.key}; purging in {@link io.warmgate.httpcache.purge}.
 *
 * <p>Nothing here does I/O, logs, or reads a clock: {@code now} is an argument, in milliseconds
 * since the epoch. The way of a request:
 *
 * <ol>
 *   <li>{@link io.warmgate.httpcache.rule.Reuse#beforeLookup}: is it one for the cache at all?
 *   <li>{@link io.warmgate.httpcache.key.KeyRecipe#primary}: where an answer would be; what lies
 *       there is a {@link io.warmgate.httpcache.entry.Slot}: the answer, or the names of the fields
 *       that select among several ({@link io.warmgate.httpcache.key.CacheKey#variant})
 *   <li>{@link io.warmgate.httpcache.rule.Reuse#decide} with what was found, or {@link
 *       io.warmgate.httpcache.rule.Reuse#miss}
 *   <li>{@link io.warmgate.httpcache.rule.Storage#decide} for the origin's response, or {@link
 *       io.warmgate.httpcache.rule.Validation#apply} where an entry was validated
 * </ol>
 */
@NullMarked
package io.warmgate.httpcache;

import org.jspecify.annotations.NullMarked;
