package io.warmgate.server.cache;

import io.vertx.core.MultiMap;
import io.warmgate.httpcache.Fields;
import java.util.Collection;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The server's own header map, as the rules see it: nothing is copied. */
record HeaderFields(MultiMap headers) implements Fields {

  @Override
  public @Nullable String first(String name) {
    return headers.get(name);
  }

  @Override
  public List<String> all(String name) {
    return headers.getAll(name);
  }

  @Override
  public Collection<String> names() {
    return headers.names();
  }

  @Override
  public void forEach(BiConsumer<? super String, ? super String> line) {
    headers.forEach(line::accept);
  }
}
