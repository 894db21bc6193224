package io.warmgate.operator.translate;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.warmgate.config.AccessRule;
import io.warmgate.config.Backend;
import io.warmgate.config.BackendTls;
import io.warmgate.config.Rule;
import io.warmgate.crd.v1alpha1.ApiRoute;
import io.warmgate.crd.v1alpha1.CacheTarget;
import io.warmgate.operator.snapshot.Snapshot;
import io.warmgate.operator.source.RequestLists;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Routes as the last translation of the same gateway compiled them, so that one change among
 * thousands costs one route: what comes out is the same with it and without.
 *
 * <p>A route is remembered where nothing was wrong with it and it names no Secret and no model:
 * what became of others depends on what runs, or on values that are collected as they are met.
 */
public final class RouteMemo {
  /** An object in one form of its spec. */
  private record Version(String uid, long generation) {
    static Version of(HasMetadata object) {
      return new Version(object.getMetadata().getUid(), object.getMetadata().getGeneration());
    }
  }

  /** A policy, and where else its targets are. */
  private record Policy(Version version, Map<CacheTarget, String> elsewhere) {}

  /** All that a remembered route follows from, but for the route itself. */
  private record Surroundings(
      Version gateway,
      Set<String> listeners,
      Set<String> issuers,
      List<Policy> policies,
      Map<String, Service> services) {

    static Surroundings of(Snapshot snapshot, Set<String> listeners, Set<String> issuers) {
      return new Surroundings(
          Version.of(snapshot.gateway()),
          Set.copyOf(listeners),
          Set.copyOf(issuers),
          snapshot.attachments().policies().stream()
              .map(any -> new Policy(Version.of(any.policy()), any.elsewhere()))
              .toList(),
          snapshot.references().services());
    }
  }

  private final RequestLists lists = new RequestLists();
  private @Nullable Surroundings surroundings;
  private Map<Version, CompiledRoute> before = Map.of();
  private Map<Version, CompiledRoute> now = new HashMap<>();

  /**
   * A translation begins; what the one before did not come past is forgotten.
   *
   * @param listeners names of those that are served
   * @param issuers names of those that there are
   */
  void begin(Snapshot snapshot, Set<String> listeners, Set<String> issuers) {
    Surroundings here = Surroundings.of(snapshot, listeners, issuers);
    before = here.equals(surroundings) ? now : Map.of();
    now = new HashMap<>();
    surroundings = here;
    lists.begin();
  }

  /** Lists of requests, as they were read. */
  public RequestLists lists() {
    return lists;
  }

  /** As it was compiled before; empty where that does not hold any more. */
  Optional<CompiledRoute> find(ApiRoute route) {
    Version version = Version.of(route);
    Optional<CompiledRoute> found = Optional.ofNullable(before.get(version));
    found.ifPresent(known -> now.put(version, known));
    return found;
  }

  /** It was compiled, and nothing is wrong with it. */
  void keep(ApiRoute route, CompiledRoute compiled) {
    if (compiled.asWritten()
        && compiled.route().allRules().stream().noneMatch(Rule::asksModels)
        && compiled.backends().values().stream().noneMatch(RouteMemo::secret)
        && compiled.route().allRules().stream().map(Rule::access).noneMatch(RouteMemo::secret)) {
      now.put(Version.of(route), compiled);
    }
  }

  private static boolean secret(@Nullable AccessRule access) {
    return access != null && !access.values().isEmpty();
  }

  private static boolean secret(Backend backend) {
    BackendTls tls = backend.tls();
    return tls != null && (tls.certificateAuthority() != null || tls.clientCertificate() != null);
  }
}
