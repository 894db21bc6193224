package io.warmgate.server.cache;

import io.warmgate.httpcache.Fields;
import io.warmgate.httpcache.Reason;
import io.warmgate.httpcache.RequestView;
import io.warmgate.httpcache.key.CacheKey;
import io.warmgate.httpcache.rule.StoreDecision;
import io.warmgate.server.exchange.OriginRequest;
import io.warmgate.server.exchange.Question;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A question to a model. Of the client's header fields none gets to the provider as it is, so none
 * but those that are keyed, and what it says of caching, count.
 */
record Inferred(Question question) implements Told {
  private static final Set<String> OF_CACHING = Set.of("cache-control", "pragma", "warmgate-debug");

  /** The request in the cache's eyes. */
  RequestView view(RequestView asked, List<String> keyedFields) {
    RequestView.Target target = asked.target();
    return new RequestView(
        "GET",
        new RequestView.Target(target.scheme(), target.authority(), question.path(), null),
        new Counting(asked.fields(), keyedFields),
        false);
  }

  @Override
  public @Nullable Reason never() {
    return question.never();
  }

  @Override
  public boolean isUnkept() {
    return question.keeping() == Question.Keeping.NOTHING;
  }

  @Override
  public CacheKey key(CacheKey asked, Fields request) {
    return asked.ofQuestion(question.material());
  }

  /** Who asks the provider knows the content. */
  @Override
  public OriginRequest asked(OriginRequest template) {
    return template;
  }

  /** The policy's lifetime is enough: no provider says one. */
  @Override
  public StoreDecision judged(StoreDecision decision) {
    return decision;
  }

  /** The fields that count. */
  private record Counting(Fields all, List<String> keyed) implements Fields {
    private boolean counts(String name) {
      String lower = name.toLowerCase(Locale.ROOT);
      return OF_CACHING.contains(lower) || keyed.contains(lower);
    }

    @Override
    public @Nullable String first(String name) {
      return counts(name) ? all.first(name) : null;
    }

    @Override
    public List<String> all(String name) {
      return counts(name) ? all.all(name) : List.of();
    }

    @Override
    public Collection<String> names() {
      return all.names().stream().filter(this::counts).toList();
    }

    @Override
    public void forEach(BiConsumer<? super String, ? super String> line) {
      all.forEach(
          (name, value) -> {
            if (counts(name)) {
              line.accept(name, value);
            }
          });
    }
  }
}
