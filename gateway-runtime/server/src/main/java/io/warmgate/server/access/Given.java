package io.warmgate.server.access;

import io.warmgate.config.Access;
import io.warmgate.config.Consumer;
import io.warmgate.config.Consumer.Grant;
import io.warmgate.config.admin.Revocation;
import io.warmgate.config.admin.Revocation.Taken;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a configuration gives, to whomever. */
final class Given {
  private final Map<String, Consumer> consumers = new HashMap<>();
  private final Set<String> digests = new HashSet<>();

  Given(Access access) {
    for (Consumer consumer : access.consumers()) {
      consumers.put(consumer.id(), consumer);
      consumer.keys().forEach(key -> digests.add(key.sha256()));
      digests.addAll(consumer.certificates());
    }
  }

  /** What of it is not given. */
  Revocation without(Revocation revoked) {
    return new Revocation(
        false,
        revoked.consumers().stream().map(this::without).filter(left -> left.names() > 0).toList());
  }

  private Taken without(Taken taken) {
    Consumer consumer = consumers.get(taken.consumer());
    return new Taken(
        taken.consumer(),
        taken.whole() && consumer == null,
        taken.keys().stream().filter(key -> !digests.contains(key.sha256())).toList(),
        taken.certificates().stream().filter(any -> !digests.contains(any)).toList(),
        taken.routes().stream().filter(route -> !grants(consumer, route)).toList());
  }

  private static boolean grants(@Nullable Consumer consumer, String route) {
    Stream<Grant> grants = consumer == null ? Stream.of() : consumer.grants().stream();
    return grants.anyMatch(
        grant -> grant.route().equals(route) && grant.state() == Grant.State.GRANTED);
  }
}
