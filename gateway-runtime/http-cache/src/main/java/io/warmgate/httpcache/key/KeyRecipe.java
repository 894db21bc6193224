package io.warmgate.httpcache.key;

import io.warmgate.httpcache.Bytes;
import io.warmgate.httpcache.RequestView;
import io.warmgate.httpcache.RequestView.Target;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How the keys of one generation are made: {@code log epoch, key format, generation, partition,
 * method, scheme, host, path, kept query, kept fields, kept cookies}, each framed by its length.
 * The parts that no request changes are framed once.
 *
 * <p>Lookup is two-step: the {@link #primary} key's slot holds the answer, or the names of the
 * fields that select among several, whose {@link CacheKey#variant} is then looked up.
 */
public final class KeyRecipe {
  /** Of the framing and the order of parts; not of the entries. */
  static final int FORMAT = 1;

  /** In the place of the method, where no method of a request is. */
  private static final String SEARCHES = "no-vary-search";

  private final Bytes framed;
  private final QueryRule query;
  private final List<String> fields;
  private final CookieRule cookies;

  /** Without cookies. */
  public KeyRecipe(String epoch, String generation, QueryRule query, List<String> fields) {
    this(epoch, generation, query, fields, CookieRule.NONE);
  }

  /**
   * @param epoch of the log
   * @param generation the release that answers
   * @param fields names of request fields that are part of every key
   * @param cookies of which the keyed ones are
   */
  public KeyRecipe(
      String epoch, String generation, QueryRule query, List<String> fields, CookieRule cookies) {
    this.cookies = cookies;
    this.framed = KeyBuffer.ofThread().text(epoch).number(FORMAT).text(generation).toBytes();
    this.query = query;
    this.fields =
        fields.stream().map(name -> name.toLowerCase(Locale.ROOT)).distinct().sorted().toList();
  }

  /** The part of a query that is keyed; null where there is none. */
  public @Nullable String kept(@Nullable String asked) {
    return query.kept(asked);
  }

  /**
   * The key of a GET or HEAD: both are answered by what a GET was answered.
   *
   * @param partition whose answers these are, such as the digest of a credential; null: everybody's
   */
  public CacheKey primary(RequestView request, @Nullable String partition) {
    return primary(request, partition, query.kept(request.target().query()));
  }

  /**
   * The key of every request whose URL is equivalent to this one's modulo a search variance: the
   * key of who asks for exactly the canonical query.
   */
  public CacheKey primary(
      RequestView request, @Nullable String partition, SearchVariance variance) {
    return primary(request, partition, variance.canonical(query.kept(request.target().query())));
  }

  /** Where the {@link io.warmgate.httpcache.entry.SearchIndex} of a path is. */
  public CacheKey searches(Target target, @Nullable String partition) {
    KeyBuffer buffer =
        KeyBuffer.ofThread()
            .raw(framed.array())
            .text(partition)
            .text(SEARCHES)
            .lowerCase(target.scheme())
            .lowerCase(target.authority())
            .text(target.path());
    return new CacheKey(buffer.toBytes());
  }

  private CacheKey primary(RequestView request, @Nullable String partition, @Nullable String kept) {
    if (!request.isGet() && !request.isHead()) {
      throw new IllegalArgumentException("no key for the method " + request.method());
    }
    Target target = request.target();
    KeyBuffer buffer =
        KeyBuffer.ofThread()
            .raw(framed.array())
            .text(partition)
            .text("GET")
            .lowerCase(target.scheme())
            .lowerCase(target.authority())
            .text(target.path())
            .text(kept)
            .number(fields.size());
    for (String name : fields) {
      buffer.text(name).field(name, request.fields());
    }
    cookies.frame(buffer, request.fields());
    return new CacheKey(buffer.toBytes());
  }
}
