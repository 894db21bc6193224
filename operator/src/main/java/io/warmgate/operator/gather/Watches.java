package io.warmgate.operator.gather;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.gatewayapi.v1beta1.ReferenceGrant;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.warmgate.crd.v1alpha1.AiModelBackend;
import io.warmgate.crd.v1alpha1.ApiConsumer;
import io.warmgate.crd.v1alpha1.ApiGateway;
import io.warmgate.crd.v1alpha1.ApiRoute;
import io.warmgate.crd.v1alpha1.CacheInvalidation;
import io.warmgate.crd.v1alpha1.CachePolicy;
import io.warmgate.crd.v1alpha1.CacheWarmup;
import io.warmgate.crd.v1alpha1.ParentRef;
import io.warmgate.crd.v1alpha1.RedisCache;
import io.warmgate.operator.snapshot.Labels;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/** Every informer of the operator: what is watched, how much of it is kept, who is told. */
public final class Watches implements AutoCloseable {
  private static final String OWNED = Labels.MANAGED_BY + "=" + Labels.WARMGATE;

  final KindWatch<ApiGateway> gateways;
  final KindWatch<ApiRoute> routes;
  final KindWatch<CachePolicy> policies;
  final KindWatch<CacheInvalidation> invalidations;
  final KindWatch<CacheWarmup> warmups;
  final KindWatch<ApiConsumer> consumers;
  final KindWatch<AiModelBackend> models;
  final KindWatch<RedisCache> redises;
  final KindWatch<Pod> pods;
  final KindWatch<Deployment> deployments;
  final KindWatch<StatefulSet> statefulSets;
  final KindWatch<Service> ownServices;
  final OnDemand<Referrer, GatewayKey, Secret> secrets;

  /** By namespace: the API keys that the operator made there. */
  final OnDemand<Referrer, String, Secret> madeKeys;

  final OnDemand<Referrer, GatewayKey, ConfigMap> configMaps;

  /** By namespace. */
  final OnDemand<Referrer, String, ReferenceGrant> grants;

  final OnDemand<Referrer, String, Service> services;
  final OnDemand<Referrer, SliceSelector, EndpointSlice> slices;
  private final List<KindWatch<?>> kinds = new ArrayList<>();
  private final KubernetesClient client;
  private final WatchedNamespaces namespaces;
  private final Listener listener;

  /** Who refers to what is watched on demand. */
  sealed interface Referrer {
    record Gateway(GatewayKey key) implements Referrer {}

    record Redis(GatewayKey key) implements Referrer {}

    /** A gateway or RedisCache, for a Secret that was made for it. */
    record Own(GatewayKey key, String secret) implements Referrer {}
  }

  /**
   * The slices of some Services.
   *
   * @param services empty: of every Service of the namespace, for where they are too many to name
   */
  record SliceSelector(String namespace, Set<String> services) {
    /** A longer list makes a URL that proxies and API servers refuse. */
    private static final int MAX_NAMED = 100;

    SliceSelector {
      services = services.size() > MAX_NAMED ? Set.of() : Set.copyOf(services);
    }
  }

  public Watches(KubernetesClient client, WatchedNamespaces namespaces, Listener listener) {
    this.client = client;
    this.namespaces = namespaces;
    this.listener = listener;
    gateways = spec(ApiGateway.class, this::gatewayMoved);
    routes = spec(ApiRoute.class, this::routeMoved);
    policies = spec(CachePolicy.class, states -> attachmentsIn(namespace(states.getFirst())));
    invalidations = spec(CacheInvalidation.class, this::invalidationMoved);
    warmups = spec(CacheWarmup.class, this::warmupMoved);
    consumers = spec(ApiConsumer.class, this::consumerMoved);
    models = spec(AiModelBackend.class, states -> attachmentsIn(namespace(states.getFirst())));
    redises = spec(RedisCache.class, this::redisMoved);
    pods = all(Pod.class, Labels.GATEWAY, Pruning::pod, this::partMoved);
    deployments = all(Deployment.class, OWNED, Pruning::deployment, this::partMoved);
    statefulSets = all(StatefulSet.class, OWNED, Pruning::statefulSet, this::partMoved);
    ownServices = all(Service.class, OWNED, Pruning::service, this::partMoved);
    // Whoever writes them knows what is news.
    all(ConfigMap.class, OWNED, Pruning::configMap, states -> {});
    all(ServiceAccount.class, OWNED, Pruning::nothing, this::partMoved);
    all(NetworkPolicy.class, OWNED, Pruning::nothing, this::partMoved);
    all(PodDisruptionBudget.class, OWNED, Pruning::nothing, this::partMoved);
    all(HorizontalPodAutoscaler.class, OWNED, Pruning::nothing, this::partMoved);
    secrets = new OnDemand<>(this::secret, this::referenceMoved);
    madeKeys = new OnDemand<>(this::keysIn, this::referenceMoved);
    configMaps = new OnDemand<>(this::configMap, this::referenceMoved);
    grants =
        new OnDemand<>(
            new ServedKind(
                "ReferenceGrants of Gateway API",
                () -> client.supports(ReferenceGrant.class),
                System::nanoTime),
            this::grantsIn,
            this::referenceMoved);
    services = new OnDemand<>(this::servicesOf, this::referenceMoved);
    slices = new OnDemand<>(this::slicesOf, this::referenceMoved);
  }

  private <T extends HasMetadata> KindWatch<T> spec(Class<T> kind, Consumer<List<T>> changed) {
    return add(
        new KindWatch<T>(client, namespaces, kind, null, Pruning::nothing)
            .on(new Deletion<>())
            .on(
                Interest.inSpec(
                    states -> {
                      changed.accept(states);
                      listener.namespaceChanged(namespace(states.getFirst()));
                    })));
  }

  private <T extends HasMetadata> KindWatch<T> all(
      Class<T> kind, String label, Consumer<T> prune, Consumer<List<T>> changed) {
    return add(
        new KindWatch<>(client, namespaces, kind, label, prune)
            .on(new Ownership<T>())
            .on(Interest.inAll(changed)));
  }

  private <T extends HasMetadata> KindWatch<T> add(KindWatch<T> watch) {
    kinds.add(watch);
    return watch;
  }

  /**
   * Returns when everything is known.
   *
   * @throws WatchFailed where a kind cannot be listed
   */
  public void start() {
    kinds.forEach(KindWatch::start);
  }

  public boolean alive() {
    return kinds.stream().allMatch(KindWatch::alive);
  }

  @Override
  public void close() {
    kinds.forEach(KindWatch::close);
    secrets.close();
    madeKeys.close();
    configMaps.close();
    grants.close();
    services.close();
    slices.close();
  }

  private SharedIndexInformer<Secret> secret(GatewayKey name) {
    return client
        .secrets()
        .inNamespace(name.namespace())
        .withName(name.name())
        .runnableInformer(0)
        .itemStore(new PrunedStore<>(Pruning::nothing));
  }

  private SharedIndexInformer<Secret> keysIn(String namespace) {
    return client
        .secrets()
        .inNamespace(namespace)
        .withLabel(Labels.CONSUMER)
        .runnableInformer(0)
        .itemStore(new PrunedStore<>(Pruning::nothing));
  }

  private SharedIndexInformer<ConfigMap> configMap(GatewayKey name) {
    return client
        .configMaps()
        .inNamespace(name.namespace())
        .withName(name.name())
        .runnableInformer(0)
        .itemStore(new PrunedStore<>(Pruning::nothing));
  }

  private SharedIndexInformer<ReferenceGrant> grantsIn(String namespace) {
    return client
        .resources(ReferenceGrant.class)
        .inNamespace(namespace)
        .runnableInformer(0)
        .itemStore(new PrunedStore<>(Pruning::nothing));
  }

  private SharedIndexInformer<Service> servicesOf(String namespace) {
    return client
        .services()
        .inNamespace(namespace)
        .runnableInformer(0)
        .itemStore(new PrunedStore<>(Pruning::nothing)); // its selector shows a gateway's own
  }

  private SharedIndexInformer<EndpointSlice> slicesOf(SliceSelector selector) {
    var all = client.discovery().v1().endpointSlices().inNamespace(selector.namespace());
    var some =
        selector.services().isEmpty()
            ? all.withLabel(EndpointTable.SERVICE_LABEL)
            : all.withLabelIn(
                EndpointTable.SERVICE_LABEL,
                selector.services().stream().sorted().toArray(String[]::new));
    return some.runnableInformer(0).itemStore(new PrunedStore<>(Pruning::slice));
  }

  private void gatewayMoved(List<ApiGateway> states) {
    String namespace = namespace(states.getFirst());
    // Its neighbours too: a policy's target may have become theirs, or no longer be.
    attachmentsIn(namespace);
    consumersElsewhere(GatewayKey.of(states.getFirst()));
    redises.in(namespace).forEach(redis -> listener.redisChanged(GatewayKey.of(redis)));
  }

  /** Consumers of other namespaces that name it may have a gateway now, or none any more. */
  private void consumersElsewhere(GatewayKey gateway) {
    consumers.everywhere().stream()
        .filter(consumer -> GatewayKey.namedBy(consumer).equals(gateway))
        .map(Watches::namespace)
        .filter(namespace -> !namespace.equals(gateway.namespace()))
        .distinct()
        .forEach(listener::namespaceChanged);
  }

  private void routeMoved(List<ApiRoute> states) {
    named(states, route -> route.getSpec().parentRefs().stream().map(ParentRef::name))
        .forEach(listener::attachmentChanged);
  }

  private void invalidationMoved(List<CacheInvalidation> states) {
    named(states, order -> Stream.of(order.getSpec().gatewayRef().name()))
        .forEach(listener::attachmentChanged);
  }

  private void warmupMoved(List<CacheWarmup> states) {
    named(states, order -> Stream.of(order.getSpec().gatewayRef().name()))
        .forEach(listener::attachmentChanged);
  }

  private void consumerMoved(List<ApiConsumer> states) {
    states.stream().map(GatewayKey::namedBy).distinct().forEach(listener::attachmentChanged);
  }

  private void redisMoved(List<RedisCache> states) {
    listener.redisChanged(GatewayKey.of(states.getFirst()));
    attachmentsIn(namespace(states.getFirst()));
  }

  private void attachmentsIn(String namespace) {
    gateways.in(namespace).forEach(gateway -> listener.attachmentChanged(GatewayKey.of(gateway)));
  }

  private void partMoved(List<? extends HasMetadata> states) {
    named(states, labelled(Labels.GATEWAY)).forEach(listener::gatewayChanged);
    named(states, labelled(Labels.REDIS)).forEach(listener::redisChanged);
  }

  private static Function<HasMetadata, Stream<String>> labelled(String label) {
    return part -> Stream.ofNullable(part.getMetadata().getLabels().get(label));
  }

  /** What the object named or names, each once: a change alone is one change. */
  private static <T extends HasMetadata> Stream<GatewayKey> named(
      List<? extends T> states, Function<T, Stream<String>> names) {
    return states.stream()
        .flatMap(state -> names.apply(state).map(name -> new GatewayKey(namespace(state), name)))
        .distinct();
  }

  private void referenceMoved(Referrer referrer) {
    switch (referrer) {
      case Referrer.Gateway(var key) -> listener.gatewayChanged(key);
      case Referrer.Redis(var key) -> listener.redisChanged(key);
      case Referrer.Own(var key, _) -> {
        listener.gatewayChanged(key);
        listener.redisChanged(key);
      }
    }
  }

  private static String namespace(HasMetadata object) {
    return object.getMetadata().getNamespace();
  }

  private final class Deletion<T extends HasMetadata> implements ResourceEventHandler<T> {
    @Override
    public void onAdd(T object) {}

    @Override
    public void onUpdate(T before, T now) {
      if (!before.getMetadata().getUid().equals(now.getMetadata().getUid())) {
        listener.deleted(before);
      }
    }

    @Override
    public void onDelete(T object, boolean unknownState) {
      listener.deleted(object);
    }
  }

  private final class Ownership<T extends HasMetadata> implements ResourceEventHandler<T> {
    @Override
    public void onAdd(T object) {
      listener.ownedSeen(object);
    }

    @Override
    public void onUpdate(T before, T now) {
      listener.ownedSeen(now);
    }

    @Override
    public void onDelete(T object, boolean unknownState) {
      listener.ownedDeleted(object);
    }
  }
}
