package io.warmgate.server.cache.log;

import io.warmgate.httpcache.FieldList;
import io.warmgate.httpcache.RequestView;
import io.warmgate.httpcache.RequestView.Target;
import io.warmgate.httpcache.key.CacheKey;
import io.warmgate.httpcache.key.KeyRecipe;
import io.warmgate.httpcache.key.QueryRule;
import java.util.List;

/** Keys of requests without anything special. */
public final class TestKeys {
  private static final KeyRecipe RECIPE = new KeyRecipe("", "g1", new QueryRule.All(), List.of());

  private TestKeys() {}

  public static CacheKey of(String host, String path) {
    Target target = new Target("http", host, path, null);
    return RECIPE.primary(new RequestView("GET", target, FieldList.EMPTY, false), null);
  }
}
