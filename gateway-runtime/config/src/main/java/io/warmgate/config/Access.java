package io.warmgate.config;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whom a gateway knows. What a rule asks of its callers is its {@link AccessRule}.
 *
 * @param issuers whose tokens are taken; names unique
 * @param consumers ids unique; no key is two consumers'
 */
public record Access(
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Issuer> issuers,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Consumer> consumers) {
  /** Nobody. */
  public static final Access NOBODY = new Access(List.of(), List.of());

  /** The value that is not written: Jackson asks it whether a value equals it. */
  static final class Unsaid {
    @Override
    public boolean equals(@Nullable Object value) {
      return value == null || value.equals(NOBODY);
    }

    @Override
    public int hashCode() {
      return NOBODY.hashCode();
    }
  }

  public Access {
    issuers = issuers == null ? List.of() : Check.list("issuers", issuers);
    consumers = consumers == null ? List.of() : Check.list("consumers", consumers);
    Check.unique("issuers", "name", issuers, Issuer::name);
    Check.unique("consumers", "id", consumers, Consumer::id);
    Set<String> keys = new HashSet<>();
    for (Consumer consumer : consumers) {
      for (Consumer.Key key : consumer.keys()) {
        Check.that(
            keys.add(key.sha256()),
            "consumers[" + consumer.id() + "].keys",
            "has a key that another has too");
      }
    }
  }
}
