package io.warmgate.server.cache;

import io.vertx.core.MultiMap;
import io.warmgate.config.CacheRule;
import io.warmgate.config.ClientView;
import io.warmgate.httpcache.CacheStatus;
import io.warmgate.httpcache.rule.HttpDate;
import io.warmgate.server.exchange.Reply;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What clients are told of caching, where it is not what the origin said.
 *
 * @param cacheControl on answers that are kept; null: the origin's
 * @param stripped lower-case names of fields that no client gets
 */
record ClientFields(@Nullable String cacheControl, List<String> stripped) {
  /** Where tags are by custom. */
  private static final List<String> SURROGATE = List.of("surrogate-key", "cache-tag");

  static ClientFields of(CacheRule cache) {
    ClientView view = cache.options().client();
    Set<String> stripped = new LinkedHashSet<>();
    if (view.surrogateHeaders() == ClientView.SurrogateHeaders.STRIP) {
      stripped.addAll(SURROGATE);
      stripped.addAll(cache.tags().fromHeaders());
    }
    return new ClientFields(view.cacheControl(), List.copyOf(stripped));
  }

  /** Before anything is answered. */
  void prepare(Reply reply) {
    if (!stripped.isEmpty()) {
      reply.filter(written -> stripped.forEach(written.headers()::remove));
    }
  }

  /**
   * Once it is known what the answer is. One that is for this client alone keeps what its origin
   * said of it.
   */
  void decided(Reply reply, CacheStatus status) {
    if (cacheControl != null && isKept(status)) {
      reply.filter(written -> replace(written.headers()));
    }
  }

  /**
   * The client counts its lifetime from now on: {@code Age} and an old {@code Date} (RFC 9111
   * §4.2.3) would take from it the time that the answer was kept here.
   */
  private void replace(MultiMap headers) {
    headers.set("cache-control", cacheControl);
    headers.remove("expires");
    headers.remove("age");
    headers.set("date", HttpDate.format(System.currentTimeMillis()));
  }

  private static boolean isKept(CacheStatus status) {
    CacheStatus.Forward forward = status.forward();
    return forward == null || !(forward.kept() instanceof CacheStatus.NotStored);
  }
}
