package io.warmgate.server.cache.log;

import io.warmgate.config.ConfigException;
import io.warmgate.config.admin.PurgeRequest;
import io.warmgate.server.uri.Authority;
import io.warmgate.server.uri.PathNormalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What an application asks to purge, with paths and hosts as requests are keyed by them. */
public final class KeyedForm {
  private KeyedForm() {}

  /**
   * @throws ConfigException naming the field that no request could have
   */
  public static PurgeRequest of(PurgeRequest asked) {
    String prefix = asked.prefix();
    return new PurgeRequest(
        asked.tags(),
        each("paths", asked.paths(), KeyedForm::path),
        prefix == null ? null : each("prefix", List.of(prefix), KeyedForm::path).getFirst(),
        each("hosts", asked.hosts(), KeyedForm::host),
        asked.all(),
        asked.mode(),
        asked.keys());
  }

  private static List<String> each(
      String field, List<String> values, UnaryOperator<@Nullable String> form) {
    List<String> formed = new ArrayList<>();
    for (String value : values) {
      String one = form.apply(value);
      if (one == null) {
        throw new ConfigException(
            field, "names nothing that a request could have: '" + value + "'");
      }
      formed.add(one);
    }
    return formed;
  }

  private static @Nullable String path(@Nullable String path) {
    return path == null || path.indexOf('?') >= 0 ? null : PathNormalizer.normalize(path);
  }

  private static @Nullable String host(@Nullable String host) {
    Authority authority = host == null ? null : Authority.parse(host, "http");
    return authority == null || authority.port() != -1 ? null : authority.host();
  }
}
