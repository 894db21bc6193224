package io.warmgate.operator.translate;

import io.warmgate.config.Access;
import io.warmgate.config.Consumer;
import io.warmgate.config.Consumer.Grant;
import io.warmgate.config.admin.Revocation;
import io.warmgate.config.admin.Revocation.Taken;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What one revision lets nobody do any more whom an older one let. Only what is a consumer's is
 * named: what rules and issuers ask comes with the revision itself.
 */
public final class Revocations {
  private Revocations() {}

  /** What {@code before} gives and {@code after} does not. */
  public static Revocation between(Access before, Access after) {
    if (before.consumers().equals(after.consumers())) {
      return Revocation.NOTHING;
    }
    Map<String, Consumer> left = new HashMap<>();
    after.consumers().forEach(consumer -> left.put(consumer.id(), consumer));
    List<Taken> taken = new ArrayList<>();
    for (Consumer consumer : before.consumers()) {
      Taken lost = lost(consumer, left.get(consumer.id()));
      if (lost.names() > 0) {
        taken.add(lost);
      }
    }
    return new Revocation(false, taken).bounded();
  }

  /** No request says which claims it was known by: who loses some is kept out whole. */
  private static Taken lost(Consumer before, @Nullable Consumer after) {
    if (after == null || !after.tokens().containsAll(before.tokens())) {
      return Taken.whole(before.id());
    }
    Set<String> certificates = new HashSet<>(after.certificates());
    Set<String> routes = granted(after);
    return new Taken(
        before.id(),
        false,
        keys(before, after),
        before.certificates().stream().filter(any -> !certificates.contains(any)).toList(),
        granted(before).stream().filter(route -> !routes.contains(route)).sorted().toList());
  }

  private static List<Revocation.Key> keys(Consumer before, Consumer after) {
    Map<String, Consumer.Key> left =
        after.keys().stream().collect(Collectors.toMap(Consumer.Key::sha256, key -> key));
    return before.keys().stream()
        .map(key -> lost(key, left.get(key.sha256())))
        .filter(Objects::nonNull)
        .toList();
  }

  /** Null where it is good for as long as it was. */
  private static Revocation.@Nullable Key lost(Consumer.Key before, Consumer.@Nullable Key after) {
    if (after == null) {
      return new Revocation.Key(before.sha256(), null);
    }
    Long until = after.expiresMillis();
    boolean sooner =
        until != null && (before.expiresMillis() == null || until < before.expiresMillis());
    return sooner ? new Revocation.Key(before.sha256(), until) : null;
  }

  private static Set<String> granted(Consumer consumer) {
    return consumer.grants().stream()
        .filter(grant -> grant.state() == Grant.State.GRANTED)
        .map(Grant::route)
        .collect(Collectors.toSet());
  }
}
