package io.warmgate.operator.source;

import io.warmgate.config.GatewayConfig;
import io.warmgate.config.Route;
import io.warmgate.config.admin.WarmRequest;
import io.warmgate.crd.v1alpha1.CachePolicy;
import io.warmgate.crd.v1alpha1.CacheTarget;
import io.warmgate.crd.v1alpha1.ConditionReason;
import io.warmgate.crd.v1alpha1.PolicyWarmup;
import io.warmgate.crd.v1alpha1.TargetKind;
import io.warmgate.operator.snapshot.AttachedPolicy;
import io.warmgate.operator.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a gateway's policies want to be warm. All of them add up: a list of the gateway's policy and
 * one of the route's are both asked for.
 */
public final class WarmSources {
  private static final int MAX_NAMED = 3;
  private static final Wish ANY = new Wish(null, null, "/", List.of());

  private final List<Policy> policies;
  private final @Nullable GatewayConfig config;
  private @Nullable Assignment assignment;

  /**
   * One that has sources or a schedule, and the ids of the routes that it reaches.
   *
   * @param schedule null where there is none, or none that can be read
   */
  private record Policy(
      CachePolicy object, Set<String> routes, Wishes wishes, @Nullable CronSchedule schedule) {}

  /** A policy whose routes are warmed at some times. */
  public record Scheduled(CachePolicy policy, CronSchedule schedule, Set<String> routes) {}

  /**
   * What is wanted of one route.
   *
   * @param topKeys so many of what clients ask most for; 0: nothing is said
   * @param sitemaps documents that list more
   * @param related which links of all that is warmed are followed
   */
  public record Wanted(
      int topKeys, List<WarmRequest> requests, List<WarmRequest> sitemaps, Related related) {
    /** Nothing. */
    public static final Wanted NOTHING = new Wanted(0, List.of(), List.of(), Related.NONE);

    /** Whether there is anything to ask for; links alone lead from nothing to nothing. */
    public boolean isSomething() {
      return topKeys > 0 || !requests.isEmpty() || !sitemaps.isEmpty();
    }

    public Wanted {
      requests = List.copyOf(requests);
      sitemaps = List.copyOf(sitemaps);
    }
  }

  private WarmSources(List<Policy> policies, @Nullable GatewayConfig config) {
    this.policies = policies;
    this.config = config;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof WarmSources same
        && policies.equals(same.policies)
        && Objects.equals(config, same.config);
  }

  @Override
  public int hashCode() {
    return Objects.hash(policies, config);
  }

  /** Where nothing is served. */
  public static WarmSources nothing() {
    return new WarmSources(List.of(), null);
  }

  public static WarmSources of(Snapshot snapshot, GatewayConfig config, RequestLists lists) {
    if (snapshot.attachments().policies().stream()
        .allMatch(any -> any.policy().getSpec().warmup().isNothing())) {
      return new WarmSources(List.of(), config);
    }
    List<Policy> policies = new ArrayList<>();
    Set<String> served = new LinkedHashSet<>();
    config.routes().forEach(route -> served.add(route.id()));
    for (AttachedPolicy attached : snapshot.attachments().policies()) {
      if (!attached.policy().getSpec().warmup().isNothing() && attached.elsewhere().isEmpty()) {
        policies.add(read(attached.policy(), snapshot, served, lists));
      }
    }
    return new WarmSources(policies, config);
  }

  private static Policy read(
      CachePolicy policy, Snapshot snapshot, Set<String> served, RequestLists lists) {
    PolicyWarmup warmup = policy.getSpec().warmup();
    Wishes wishes =
        Wishes.of(
            "spec.warmup.sources", warmup.sources(), snapshot.references().configMaps(), lists);
    CronSchedule schedule = null;
    if (warmup.schedule() != null) {
      try {
        schedule = CronSchedule.parse(warmup.schedule(), warmup.timeZone());
      } catch (IllegalArgumentException e) {
        wishes =
            wishes.and(
                new Problem(
                    ConditionReason.INVALID,
                    "spec.warmup: %s. The rest of the policy is in effect"
                        .formatted(e.getMessage())));
      }
    }
    return new Policy(policy, reached(policy, snapshot, served), wishes, schedule);
  }

  /** Those with a schedule. */
  public List<Scheduled> scheduled() {
    List<Scheduled> scheduled = new ArrayList<>();
    for (Policy policy : policies) {
      if (policy.schedule() != null) {
        scheduled.add(new Scheduled(policy.object(), policy.schedule(), policy.routes()));
      }
    }
    return scheduled;
  }

  private static Set<String> reached(CachePolicy policy, Snapshot snapshot, Set<String> served) {
    Set<String> reached = new LinkedHashSet<>();
    for (CacheTarget target : policy.getSpec().targetRefs()) {
      if (target.kind() == TargetKind.API_ROUTE) {
        reached.add(snapshot.namespace() + "/" + target.name());
      } else if (target.name().equals(snapshot.name())) {
        reached.addAll(served);
      }
    }
    reached.retainAll(served);
    return reached;
  }

  /**
   * What is wrong with the sources of each policy that has some; an empty list where nothing is.
   */
  public Map<CachePolicy, List<Problem>> problems() {
    Map<CachePolicy, List<Problem>> problems = new LinkedHashMap<>();
    for (Policy policy : policies) {
      List<Problem> found = new ArrayList<>(policy.wishes().problems());
      found.addAll(hostless(policy));
      found.addAll(refused(policy));
      problems.put(policy.object(), found);
    }
    return problems;
  }

  /** Questions to models that nobody could be given the answers of. */
  private List<Problem> refused(Policy policy) {
    List<Wish> questions =
        policy.wishes().requests().stream().filter(any -> any.question() != null).toList();
    return questions.isEmpty()
        ? List.of()
        : assignment()
            .map(any -> any.assign(policy.routes(), questions).whyRefused())
            .orElse(List.of())
            .stream()
            .limit(MAX_NAMED)
            .map(why -> new Problem(ConditionReason.NOT_WARMABLE, "spec.warmup.sources: " + why))
            .toList();
  }

  private List<Problem> hostless(Policy policy) {
    if (config == null
        || Stream.concat(policy.wishes().requests().stream(), policy.wishes().sitemaps().stream())
            .noneMatch(any -> any.host() == null)) {
      return List.of();
    }
    Places places = new Places(config);
    List<String> without =
        config.routes().stream()
            .filter(route -> policy.routes().contains(route.id()))
            .filter(route -> places.of(route, ANY).isEmpty())
            .map(Route::id)
            .toList();
    if (without.isEmpty() || without.size() < policy.routes().size()) {
      return List.of();
    }
    int more = without.size() - MAX_NAMED;
    return List.of(
        new Problem(
            ConditionReason.HOST_UNKNOWN,
            "spec.warmup.sources: %s%s no exact hostname, so that it is not known which host to ask"
                    .formatted(
                        String.join(", ", without.subList(0, Math.min(MAX_NAMED, without.size()))),
                        (more > 0
                            ? " and " + more + " more have"
                            : without.size() == 1 ? " has" : " have"))
                + "; say host"));
  }

  /** What is wanted of a route. */
  public Wanted of(String route) {
    int topKeys = 0;
    Set<WarmRequest> requests = new LinkedHashSet<>();
    Set<WarmRequest> sitemaps = new LinkedHashSet<>();
    Related related = Related.NONE;
    for (Policy policy : policies) {
      if (policy.routes().contains(route)) {
        topKeys = Math.max(topKeys, policy.wishes().topKeys());
        related = related.and(policy.wishes().related());
        requests.addAll(assigned(policy, route));
        for (Wish document : policy.wishes().sitemaps()) {
          assignment().ifPresent(any -> sitemaps.addAll(any.documents(route, document)));
        }
      }
    }
    return new Wanted(topKeys, List.copyOf(requests), List.copyOf(sitemaps), related);
  }

  private List<WarmRequest> assigned(Policy policy, String route) {
    return policy.wishes().requests().isEmpty()
        ? List.of()
        : assignment()
            .map(
                any ->
                    any.assign(new HashSet<>(policy.routes()), policy.wishes().requests())
                        .of(route))
            .orElse(List.of());
  }

  /** Whether a route takes a request, as far as can be said here. Any thread may ask. */
  public boolean takes(String route, WarmRequest request) {
    return assignment().filter(any -> any.takes(route, request)).isPresent();
  }

  private synchronized Optional<Assignment> assignment() {
    if (assignment == null && config != null) {
      assignment = new Assignment(config);
    }
    return Optional.ofNullable(assignment);
  }
}
