package io.warmgate.operator.gather;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetStatus;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.gatewayapi.v1beta1.ReferenceGrant;
import io.warmgate.config.admin.EndpointSets;
import io.warmgate.crd.v1alpha1.ApiConsumer;
import io.warmgate.crd.v1alpha1.ApiGateway;
import io.warmgate.crd.v1alpha1.ApiRoute;
import io.warmgate.crd.v1alpha1.CacheInvalidation;
import io.warmgate.crd.v1alpha1.CacheTarget;
import io.warmgate.crd.v1alpha1.CacheWarmup;
import io.warmgate.crd.v1alpha1.RedisCache;
import io.warmgate.operator.fleet.GatewayPod;
import io.warmgate.operator.manifest.GatewayNames;
import io.warmgate.operator.snapshot.AttachedModel;
import io.warmgate.operator.snapshot.AttachedPolicy;
import io.warmgate.operator.snapshot.Attachments;
import io.warmgate.operator.snapshot.ConfigMapData;
import io.warmgate.operator.snapshot.ConsumerSecrets;
import io.warmgate.operator.snapshot.Labels;
import io.warmgate.operator.snapshot.MintedRevision;
import io.warmgate.operator.snapshot.NamedLists;
import io.warmgate.operator.snapshot.RedisNames;
import io.warmgate.operator.snapshot.RedisServer;
import io.warmgate.operator.snapshot.ReferenceGrants;
import io.warmgate.operator.snapshot.ReferencedNames;
import io.warmgate.operator.snapshot.References;
import io.warmgate.operator.snapshot.SecretLookup;
import io.warmgate.operator.snapshot.ServiceKey;
import io.warmgate.operator.snapshot.Workload;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads what the informers hold, for one gateway. */
public final class Gatherer {
  private final Watches watches;
  private final RecentWrites writes;
  private final SecretReading secrets;
  private final Map<GatewayKey, Attached> attached = new ConcurrentHashMap<>();

  /** What users attached, as it was found at these counts of changes. */
  private record Attached(List<Long> changes, Attachments found) {}

  public Gatherer(Watches watches, RecentWrites writes) {
    this.watches = watches;
    this.writes = writes;
    this.secrets = new SecretReading(watches);
  }

  /** The gateway, with what was last written to it; empty where it is gone. */
  public Optional<ApiGateway> gateway(GatewayKey key) {
    return watches.gateways.get(key.namespace(), key.name()).map(writes::newest);
  }

  /** The gateway's pods, as Kubernetes reports them. */
  public List<GatewayPod> pods(GatewayKey gateway) {
    return watches.pods.in(gateway.namespace()).stream()
        .filter(pod -> gateway.name().equals(pod.getMetadata().getLabels().get(Labels.GATEWAY)))
        .map(PodReading::of)
        .toList();
  }

  /** What users attached to the gateway: the same object as long as nothing changed. */
  public Attachments attachments(GatewayKey gateway) {
    List<Long> changes = changes(); // before what they count is read
    Attached known = attached.get(gateway);
    if (known != null && known.changes().equals(changes)) {
      return known.found();
    }
    Attachments found = find(gateway);
    attached.put(gateway, new Attached(changes, found));
    return found;
  }

  private List<Long> changes() {
    return List.of(
        watches.gateways.changes(),
        watches.routes.changes(),
        watches.policies.changes(),
        watches.invalidations.changes(),
        watches.warmups.changes(),
        watches.consumers.changes(),
        watches.models.changes(),
        writes.changes());
  }

  private Attachments find(GatewayKey gateway) {
    List<ApiRoute> all = watches.routes.in(gateway.namespace());
    List<ApiRoute> routes =
        all.stream().filter(route -> isParent(route, gateway.name())).map(writes::newest).toList();
    return new Attachments(
        routes,
        policies(gateway, all),
        invalidations(gateway),
        warmups(gateway),
        consumers(gateway),
        models(gateway, all));
  }

  private static boolean isParent(ApiRoute route, String gateway) {
    return route.getSpec().parentRefs().stream().anyMatch(parent -> parent.name().equals(gateway));
  }

  private List<CacheInvalidation> invalidations(GatewayKey gateway) {
    return watches.invalidations.in(gateway.namespace()).stream()
        .filter(order -> order.getSpec().gatewayRef().name().equals(gateway.name()))
        .map(writes::newest)
        .toList();
  }

  private List<CacheWarmup> warmups(GatewayKey gateway) {
    return watches.warmups.in(gateway.namespace()).stream()
        .filter(order -> order.getSpec().gatewayRef().name().equals(gateway.name()))
        .map(writes::newest)
        .toList();
  }

  private List<ApiConsumer> consumers(GatewayKey gateway) {
    return watches.consumers.everywhere().stream()
        .filter(consumer -> GatewayKey.namedBy(consumer).equals(gateway))
        .map(writes::newest)
        .toList();
  }

  private List<AttachedModel> models(GatewayKey gateway, List<ApiRoute> routes) {
    String namespace = gateway.namespace();
    return ModelReading.named(
            watches.models.in(namespace), gateway.name(), gatewaysIn(namespace), routes)
        .stream()
        .map(this::newest)
        .toList();
  }

  private AttachedModel newest(AttachedModel attached) {
    return new AttachedModel(writes.newest(attached.model()), attached.elsewhere());
  }

  private List<AttachedPolicy> policies(GatewayKey gateway, List<ApiRoute> routes) {
    Map<String, String> parents = parents(routes);
    Set<String> gateways = gatewaysIn(gateway.namespace());
    List<AttachedPolicy> attached = new ArrayList<>();
    watches
        .policies
        .in(gateway.namespace())
        .forEach(
            policy -> {
              Map<CacheTarget, String> elsewhere = new HashMap<>();
              boolean here = false;
              for (CacheTarget target : policy.getSpec().targetRefs()) {
                String owner = owner(target, parents, gateways);
                here |= gateway.name().equals(owner);
                if (owner != null && !gateway.name().equals(owner)) {
                  elsewhere.put(target, owner);
                }
              }
              if (here) {
                attached.add(new AttachedPolicy(writes.newest(policy), elsewhere));
              }
            });
    return attached;
  }

  private static Map<String, String> parents(List<ApiRoute> routes) {
    Map<String, String> parents = new HashMap<>();
    routes.forEach(
        route ->
            route
                .getSpec()
                .parentRefs()
                .forEach(parent -> parents.put(route.getMetadata().getName(), parent.name())));
    return parents;
  }

  private Set<String> gatewaysIn(String namespace) {
    return watches.gateways.in(namespace).stream()
        .map(each -> each.getMetadata().getName())
        .collect(Collectors.toSet());
  }

  /** What no gateway of the namespace has, since the gateway or the targets do not exist. */
  public Attachments unclaimed(String namespace) {
    Set<String> gateways = gatewaysIn(namespace);
    List<ApiRoute> all = watches.routes.in(namespace);
    Map<String, String> parents = parents(all);
    return new Attachments(
        all.stream()
            .filter(route -> gateways.stream().noneMatch(name -> isParent(route, name)))
            .map(writes::newest)
            .toList(),
        watches.policies.in(namespace).stream()
            .filter(
                policy ->
                    policy.getSpec().targetRefs().stream()
                        .map(target -> owner(target, parents, gateways))
                        .noneMatch(gateways::contains))
            .map(policy -> new AttachedPolicy(writes.newest(policy), Map.of()))
            .toList(),
        watches.invalidations.in(namespace).stream()
            .filter(order -> !gateways.contains(order.getSpec().gatewayRef().name()))
            .map(writes::newest)
            .toList(),
        watches.warmups.in(namespace).stream()
            .filter(order -> !gateways.contains(order.getSpec().gatewayRef().name()))
            .map(writes::newest)
            .toList(),
        watches.consumers.in(namespace).stream()
            .filter(consumer -> !hasGateway(consumer))
            .map(writes::newest)
            .toList(),
        ModelReading.unnamed(watches.models.in(namespace), gateways, all).stream()
            .map(this::newest)
            .toList());
  }

  private boolean hasGateway(ApiConsumer consumer) {
    GatewayKey key = GatewayKey.namedBy(consumer);
    return watches.gateways.get(key.namespace(), key.name()).isPresent();
  }

  private static @Nullable String owner(
      CacheTarget target, Map<String, String> parents, Set<String> gateways) {
    return switch (target.kind()) {
      case API_GATEWAY -> gateways.contains(target.name()) ? target.name() : null;
      case API_ROUTE -> parents.get(target.name());
    };
  }

  /**
   * What the gateway and its attachments name, and watches it from now on.
   *
   * @param unlabelled Secrets in the place of keys that are made, but without their label: they are
   *     looked up by name
   * @throws NotYetKnown where some of it could not be asked for
   */
  public References references(
      ApiGateway gateway,
      Attachments attachments,
      @Nullable MintedRevision current,
      Set<GatewayKey> unlabelled) {
    GatewayKey key = GatewayKey.of(gateway);
    RedisCache redis =
        Optional.ofNullable(gateway.getSpec().cache().sharedRef())
            .flatMap(ref -> watches.redises.get(key.namespace(), ref.name()))
            .orElse(null);
    ReferencedNames names = ReferencedNames.of(gateway, attachments, redis, current);
    Watches.Referrer referrer = new Watches.Referrer.Gateway(key);
    watches.services.want(referrer, Set.of(key.namespace()));
    Map<String, Service> services = new HashMap<>();
    services(key.namespace()).stream()
        .filter(service -> names.services().contains(service.getMetadata().getName()))
        .forEach(service -> services.put(service.getMetadata().getName(), service));
    ReferenceGrants grants = grants(key, attachments, referrer);
    return new References(
        redis,
        services,
        byNamespace(secrets.read(referrer, wanted(key, names, attachments, grants, unlabelled))),
        configMaps(key.namespace(), NamedLists.of(attachments), referrer),
        grants);
  }

  /** Read only where a consumer of another namespace names the gateway. */
  private ReferenceGrants grants(
      GatewayKey gateway, Attachments attachments, Watches.Referrer referrer) {
    boolean asked =
        attachments.consumers().stream()
            .anyMatch(any -> !any.getMetadata().getNamespace().equals(gateway.namespace()));
    if (!asked) {
      watches.grants.want(referrer, Set.of());
      return ReferenceGrants.none();
    }
    watches.grants.want(referrer, Set.of(gateway.namespace()));
    return switch (watches.grants.lookup(gateway.namespace())) {
      case Seen.Objects<ReferenceGrant>(var objects) -> GrantReading.of(objects);
      case Seen.Forbidden<ReferenceGrant> _ -> new ReferenceGrants.NotReadable();
      case Seen.NotServed<ReferenceGrant> _ -> new ReferenceGrants.NotServed();
      case Seen.Unknown<ReferenceGrant> _ ->
          throw new NotYetKnown("ReferenceGrants of " + gateway.namespace());
    };
  }

  /** What consumers name that are not let in is nobody's business here. */
  private static SecretReading.Wanted wanted(
      GatewayKey gateway,
      ReferencedNames names,
      Attachments attachments,
      ReferenceGrants grants,
      Set<GatewayKey> unlabelled) {
    Set<GatewayKey> brought = new HashSet<>(in(gateway.namespace(), names.secrets()));
    Set<GatewayKey> made = new HashSet<>();
    for (ApiConsumer consumer : attachments.consumers()) {
      String namespace = consumer.getMetadata().getNamespace();
      if (namespace.equals(gateway.namespace()) || grants.allow(namespace, gateway.name())) {
        brought.addAll(in(namespace, ConsumerSecrets.brought(consumer)));
        made.addAll(in(namespace, ConsumerSecrets.made(consumer)));
      }
    }
    return new SecretReading.Wanted(brought, made, unlabelled);
  }

  private static Map<String, Map<String, SecretLookup>> byNamespace(
      Map<GatewayKey, SecretLookup> secrets) {
    Map<String, Map<String, SecretLookup>> found = new TreeMap<>();
    secrets.forEach(
        (key, secret) ->
            found.computeIfAbsent(key.namespace(), _ -> new TreeMap<>()).put(key.name(), secret));
    return found;
  }

  private static Set<GatewayKey> in(String namespace, Collection<String> names) {
    return names.stream().map(name -> new GatewayKey(namespace, name)).collect(Collectors.toSet());
  }

  /** Those that can be read: no gateway waits for a list of requests. */
  private Map<String, ConfigMapData> configMaps(
      String namespace, Collection<String> names, Watches.Referrer referrer) {
    Set<GatewayKey> keys = new HashSet<>();
    names.forEach(name -> keys.add(new GatewayKey(namespace, name)));
    watches.configMaps.want(referrer, keys);
    Map<String, ConfigMapData> found = new TreeMap<>();
    for (GatewayKey key : keys) {
      if (watches.configMaps.lookup(key) instanceof Seen.Objects<ConfigMap>(var objects)
          && !objects.isEmpty()) {
        found.put(key.name(), ConfigMapData.of(objects.getFirst()));
      }
    }
    return found;
  }

  private List<Service> services(String namespace) {
    return switch (watches.services.lookup(namespace)) {
      case Seen.Objects<Service>(var objects) -> objects;
      case Seen.Forbidden<Service> _ ->
          throw new NotYetKnown("Services of " + namespace + " (the operator may not list them)");
      case Seen.Unknown<Service> _, Seen.NotServed<Service> _ ->
          throw new NotYetKnown("Services of " + namespace);
    };
  }

  /** A Secret that the operator made itself, as its informer shows it; watched from now on. */
  public Optional<Secret> own(GatewayKey owner, GatewayKey secret) {
    watches.secrets.want(new Watches.Referrer.Own(owner, secret.name()), Set.of(secret));
    return switch (watches.secrets.lookup(secret)) {
      case Seen.Objects<Secret>(var objects) -> objects.stream().findFirst();
      case Seen.Forbidden<Secret> _ -> throw new OwnSecretNotReadable(secret);
      case Seen.Unknown<Secret> _, Seen.NotServed<Secret> _ ->
          throw new NotYetKnown("Secret " + secret);
    };
  }

  /** The values of a Secret. */
  public static Map<String, byte[]> decoded(Secret secret) {
    Map<String, byte[]> values = new TreeMap<>();
    if (secret.getData() != null) {
      secret.getData().forEach((key, text) -> values.put(key, Base64.getDecoder().decode(text)));
    }
    return values;
  }

  /** What the gateway's own Deployments and Service say. */
  public Workload workload(GatewayKey gateway) {
    return new Workload(
        watches.deployments.in(gateway.namespace()).stream()
            .filter(
                each -> gateway.name().equals(each.getMetadata().getLabels().get(Labels.GATEWAY)))
            .flatMap(each -> SideReading.of(each).stream())
            .toList(),
        addresses(gateway));
  }

  private List<String> addresses(GatewayKey gateway) {
    return watches
        .ownServices
        .get(gateway.namespace(), gateway.name())
        .map(Gatherer::addresses)
        .orElse(List.of());
  }

  private static List<String> addresses(Service service) {
    if (service.getStatus() != null
        && service.getStatus().getLoadBalancer() != null
        && !service.getStatus().getLoadBalancer().getIngress().isEmpty()) {
      return service.getStatus().getLoadBalancer().getIngress().stream()
          .flatMap(ingress -> Stream.of(ingress.getIp(), ingress.getHostname()))
          .filter(Objects::nonNull)
          .toList();
    }
    List<String> ips = service.getSpec().getClusterIPs();
    return ips == null ? List.of() : ips.stream().filter(ip -> !"None".equals(ip)).toList();
  }

  /**
   * The ready endpoints of these Service ports, which are watched from now on; empty where they
   * could not be asked for yet.
   */
  public Optional<Map<String, List<EndpointSets.Endpoint>>> endpoints(
      GatewayKey gateway, Collection<ServiceKey> wanted, Map<String, Service> services) {
    Watches.Referrer referrer = new Watches.Referrer.Gateway(gateway);
    if (wanted.isEmpty()) {
      watches.slices.want(referrer, Set.of());
      return Optional.of(Map.of());
    }
    Watches.SliceSelector selector =
        new Watches.SliceSelector(
            gateway.namespace(), wanted.stream().map(ServiceKey::name).collect(Collectors.toSet()));
    watches.slices.want(referrer, Set.of(selector));
    return switch (watches.slices.lookup(selector)) {
      case Seen.Objects<EndpointSlice>(var slices) ->
          Optional.of(EndpointTable.of(wanted, services, slices));
      case Seen.Forbidden<EndpointSlice> _ -> Optional.empty();
      case Seen.Unknown<EndpointSlice> _, Seen.NotServed<EndpointSlice> _ -> Optional.empty();
    };
  }

  /** The RedisCache, with what was last written to it; empty where it is gone. */
  public Optional<RedisCache> redis(GatewayKey key) {
    return watches.redises.get(key.namespace(), key.name()).map(writes::newest);
  }

  /** The Secrets with its password and certificates, by name, watched from now on. */
  public Map<String, SecretLookup> redisSecrets(RedisCache redis) {
    GatewayKey key = GatewayKey.of(redis);
    Map<String, SecretLookup> found = new TreeMap<>();
    secrets
        .read(
            new Watches.Referrer.Redis(key),
            new SecretReading.Wanted(
                in(key.namespace(), RedisNames.secrets(redis)), Set.of(), Set.of()))
        .forEach((name, secret) -> found.put(name.name(), secret));
    return found;
  }

  /** Names of the gateways that share it. */
  public NavigableSet<String> gatewaysOf(RedisCache redis) {
    GatewayKey key = GatewayKey.of(redis);
    return watches.gateways.in(key.namespace()).stream()
        .filter(
            gateway ->
                gateway.getSpec().cache().sharedRef() != null
                    && gateway.getSpec().cache().sharedRef().name().equals(key.name()))
        .map(gateway -> gateway.getMetadata().getName())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** What the StatefulSet of a Standalone RedisCache says of its server. */
  public RedisServer standalone(RedisCache redis) {
    Optional<StatefulSet> set =
        watches.statefulSets.get(redis.getMetadata().getNamespace(), RedisNames.objects(redis));
    StatefulSetStatus status = set.map(StatefulSet::getStatus).orElse(null);
    if (set.isEmpty() || status == null) {
      return new RedisServer(RedisServer.Reach.UNKNOWN, false, false);
    }
    boolean ready = Objects.requireNonNullElse(status.getReadyReplicas(), 0) > 0;
    boolean settled =
        Objects.equals(status.getObservedGeneration(), set.get().getMetadata().getGeneration())
            && Objects.equals(status.getCurrentRevision(), status.getUpdateRevision());
    return new RedisServer(
        ready ? RedisServer.Reach.ANSWERS : RedisServer.Reach.UNREACHABLE, settled, false);
  }

  /** The RedisCache is gone: nothing is watched for it any more. */
  public void forgetRedis(GatewayKey redis) {
    watches.secrets.forget(new Watches.Referrer.Redis(redis));
    watches.madeKeys.forget(new Watches.Referrer.Redis(redis));
  }

  /** The gateway is gone: nothing is watched for it any more. */
  public void forget(GatewayKey gateway) {
    attached.remove(gateway);
    Watches.Referrer referrer = new Watches.Referrer.Gateway(gateway);
    watches.secrets.forget(referrer);
    watches.madeKeys.forget(referrer);
    watches.configMaps.forget(referrer);
    watches.grants.forget(referrer);
    watches.services.forget(referrer);
    watches.slices.forget(referrer);
    watches.secrets.forget(new Watches.Referrer.Own(gateway, GatewayNames.admin(gateway.name())));
    watches.secrets.forget(new Watches.Referrer.Own(gateway, GatewayNames.values(gateway.name())));
  }
}
