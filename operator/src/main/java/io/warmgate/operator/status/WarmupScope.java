package io.warmgate.operator.status;

import io.warmgate.config.CacheLayers;
import io.warmgate.config.GatewayConfig;
import io.warmgate.config.admin.WarmRequest;
import io.warmgate.crd.v1alpha1.ApiRoute;
import io.warmgate.crd.v1alpha1.CacheWarmup;
import io.warmgate.crd.v1alpha1.CacheWarmupSpec;
import io.warmgate.crd.v1alpha1.ConditionReason;
import io.warmgate.crd.v1alpha1.NameRef;
import io.warmgate.crd.v1alpha1.RouteSelector;
import io.warmgate.operator.rollout.RolloutSettings;
import io.warmgate.operator.snapshot.Snapshot;
import io.warmgate.operator.source.Assignment;
import io.warmgate.operator.source.Problem;
import io.warmgate.operator.source.RequestLists;
import io.warmgate.operator.source.WarmSources;
import io.warmgate.operator.source.Wish;
import io.warmgate.operator.source.Wishes;
import io.warmgate.operator.translate.ObjectKey;
import io.warmgate.operator.translate.RouteRelease;
import io.warmgate.operator.translate.Translation;
import io.warmgate.operator.warm.WarmTarget;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a {@code CacheWarmup} is about, in a gateway as it is now.
 *
 * @param targets one a route that there is something to ask for of
 * @param unrouted how many listed requests no route takes, or none keeps the answers of
 * @param notes what is left out of it, in words
 * @param missing why it cannot begin; null where it can
 */
public record WarmupScope(
    List<WarmTarget> targets, int unrouted, List<String> notes, @Nullable String missing) {
  private static final int MAX_NAMED = 3;

  public WarmupScope {
    targets = List.copyOf(targets);
    notes = List.copyOf(notes);
  }

  private static WarmupScope waiting(String why) {
    return new WarmupScope(List.of(), 0, List.of(), why);
  }

  public static WarmupScope of(
      CacheWarmup object, Snapshot snapshot, Translation translation, RequestLists lists) {
    GatewayConfig config = translation.config();
    if (config == null || snapshot.fleet().answering().isEmpty()) {
      return waiting("No pod of the gateway answers");
    }
    CacheWarmupSpec spec = object.getSpec();
    Map<String, RouteRelease> routes = routes(spec, snapshot, translation);
    for (NameRef ref : spec.routes()) {
      if (!routes.containsKey(snapshot.namespace() + "/" + ref.name())) {
        return waiting(
            "spec.routes: ApiRoute '%s' is not one that the gateway serves".formatted(ref.name()));
      }
    }
    if (routes.isEmpty()) {
      return waiting("The gateway serves no route that is meant");
    }
    WarmTarget.Reach reach = reach(config.cache());
    if (spec.sources().isEmpty()) {
      return new WarmupScope(ofPolicies(routes, translation.sources(), reach), 0, List.of(), null);
    }
    Wishes wishes =
        Wishes.of("spec.sources", spec.sources(), snapshot.references().configMaps(), lists);
    Optional<Problem> absent =
        wishes.problems().stream()
            .filter(any -> any.reason() == ConditionReason.CONFIG_MAP_NOT_FOUND)
            .findFirst();
    if (absent.isPresent()) {
      return waiting(absent.get().message());
    }
    Assignment assignment = new Assignment(config);
    Assignment.Result assigned = assignment.assign(routes.keySet(), wishes.requests());

    List<WarmTarget> targets = new ArrayList<>();
    routes.forEach(
        (id, release) ->
            add(
                targets,
                release,
                new WarmSources.Wanted(
                    wishes.topKeys(),
                    assigned.of(id),
                    documents(wishes, assignment, id),
                    wishes.related()),
                reach));
    List<Wish> unrouted = new ArrayList<>(assigned.unrouted());
    wishes.sitemaps().stream()
        .filter(
            any -> routes.keySet().stream().allMatch(id -> assignment.documents(id, any).isEmpty()))
        .forEach(unrouted::add);
    int left = unrouted.size() - assigned.unrouted().size() + assigned.left();
    return new WarmupScope(targets, left, notes(wishes, unrouted, assigned.whyRefused()), null);
  }

  /** Those that are meant and served, by id. */
  private static Map<String, RouteRelease> routes(
      CacheWarmupSpec spec, Snapshot snapshot, Translation translation) {
    Map<String, RouteRelease> routes = new LinkedHashMap<>();
    for (ApiRoute route : snapshot.attachments().routes()) {
      RouteRelease release = translation.releases().get(ObjectKey.of(route).id());
      if (release != null && isMeant(spec, route)) {
        routes.put(release.route(), release);
      }
    }
    return routes;
  }

  private static boolean isMeant(CacheWarmupSpec spec, ApiRoute route) {
    RouteSelector selector = spec.routeSelector();
    if (selector != null) {
      Map<String, String> labels =
          Objects.requireNonNullElse(route.getMetadata().getLabels(), Map.of());
      return labels.entrySet().containsAll(selector.matchLabels().entrySet());
    }
    return spec.routes().isEmpty()
        || spec.routes().contains(new NameRef(route.getMetadata().getName()));
  }

  private static WarmTarget.Reach reach(CacheLayers cache) {
    return cache.shared() == null ? WarmTarget.Reach.ONE_POD : WarmTarget.Reach.ALL_PODS;
  }

  /** Some routes, with what a release of each would be warmed with. */
  public static List<WarmTarget> ofRoutes(Collection<String> ids, Translation translation) {
    GatewayConfig config = translation.config();
    Map<String, RouteRelease> routes = new LinkedHashMap<>();
    for (String id : ids) {
      RouteRelease release = translation.releases().get(id);
      if (release != null) {
        routes.put(id, release);
      }
    }
    return config == null
        ? List.of()
        : ofPolicies(routes, translation.sources(), reach(config.cache()));
  }

  /** What a release of each would be warmed with. */
  private static List<WarmTarget> ofPolicies(
      Map<String, RouteRelease> routes, WarmSources sources, WarmTarget.Reach reach) {
    List<WarmTarget> targets = new ArrayList<>();
    routes.forEach(
        (id, release) -> {
          WarmSources.Wanted wanted = sources.of(id);
          int topKeys = Math.max(release.settings().warmup().topKeys(), wanted.topKeys());
          add(
              targets,
              release,
              new WarmSources.Wanted(
                  topKeys, wanted.requests(), wanted.sitemaps(), wanted.related()),
              reach);
        });
    return targets;
  }

  private static void add(
      List<WarmTarget> targets,
      RouteRelease release,
      WarmSources.Wanted wanted,
      WarmTarget.Reach reach) {
    if (wanted.isSomething()) {
      RolloutSettings.Warmup limits = release.settings().warmup();
      targets.add(
          new WarmTarget(
              release.route(),
              release.served().first(),
              Instant.EPOCH,
              new WarmTarget.Limits(
                  wanted.topKeys(), limits.maxOriginRps(), limits.concurrency(), limits.ofModels()),
              reach,
              wanted.requests(),
              wanted.sitemaps(),
              wanted.related(),
              null));
    }
  }

  private static List<WarmRequest> documents(Wishes wishes, Assignment assignment, String route) {
    return wishes.sitemaps().stream()
        .flatMap(any -> assignment.documents(route, any).stream())
        .toList();
  }

  private static List<String> notes(Wishes wishes, List<Wish> unrouted, List<String> refused) {
    List<String> notes = new ArrayList<>(wishes.problems().stream().map(Problem::message).toList());
    if (!unrouted.isEmpty()) {
      notes.add(
          "no route takes "
              + unrouted.stream()
                  .limit(MAX_NAMED)
                  .map(wish -> Objects.requireNonNullElse(wish.host(), "") + wish.target())
                  .collect(Collectors.joining(", "))
              + (unrouted.size() > MAX_NAMED ? " and others" : "")
              + ", or it is not known for which host");
    }
    notes.addAll(refused);
    return notes;
  }
}
